import { beforeEach, describe, expect, it } from 'vitest';
import {
  attributeOrders,
  createMessages,
  findSentForCarts,
  getMailWords,
  listWordVersions,
  mergeMessages,
  previewTemplate,
  renderStoredMessage,
  sendTest,
  updateMailWords,
} from '~/modules/messaging/index.server';
import { getMessagePage } from '~/modules/insights/index.server';
import { mailLocales, templateKeys } from '~/modules/messaging/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { useMailSink } from '../../factories/mail-sink';
import {
  createMailCart,
  createMailShop,
  createRecipient,
  mailTime,
  queueMail,
} from '../../factories/message';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const sink = useMailSink();
const now = mailTime;

beforeEach(() => clock.moveTo(now.getTime() + 60_000 - Date.now()));

describe('a preview', () => {
  it('shows every mail in every language with the shop’s brand, and stores nothing', async () => {
    const shopId = await createMailShop();
    for (const templateKey of templateKeys) {
      for (const locale of mailLocales) {
        const preview = await withShop(shopId, (tx) => previewTemplate(tx, { shopId, templateKey, locale }));
        expect(preview.missing).toEqual([]);
        expect(preview.html).toContain('Fern &amp; Field');
        expect(preview.html).toContain('12 Garden Lane');
        expect(preview.text).not.toMatch(/\{\{|\{%/);
      }
    }
    expect(await withShop(shopId, (tx) => tx.emailTemplate.count())).toBe(0);
  });

  it('can show a real customer’s name and points, but nobody’s of another shop', async () => {
    const shopId = await createMailShop();
    const sampleProfileId = await createRecipient(shopId, { firstName: 'Ludmilla', points: 77 });
    const preview = (shop: number) =>
      withShop(shop, (tx) =>
        previewTemplate(tx, { shopId: shop, templateKey: 'win_back', locale: 'en', sampleProfileId }),
      );
    expect((await preview(shopId)).subject).toBe('Ludmilla, it has been a while');
    expect((await preview(await createMailShop())).subject).not.toContain('Ludmilla');
  });

  it('names what nothing can fill, also inside conditions', async () => {
    const shopId = await createMailShop();
    const words = { heading: 'Hi {{ customer.nick }}{% if weather.sunny %}!{% endif %}' };
    const preview = await withShop(shopId, (tx) =>
      previewTemplate(tx, { shopId, templateKey: 'win_back', locale: 'en', words }),
    );
    expect(preview.missing.sort()).toEqual(['customer.nick', 'weather.sunny']);
    expect(preview.html).toContain('Hi [customer.nick]!');
  });
});

describe('the merchant’s words', () => {
  const save = async (shopId: number, change: object) =>
    withShop(shopId, async (tx) => {
      const about = { shopId, templateKey: 'win_back' as const, locale: 'en' as const };
      const { words } = await getMailWords(tx, about);
      await updateMailWords(tx, { ...about, words: { ...words, ...change }, staff: 'staff:7', now });
    });

  it('are sent from then on, in their shop only, and what was sent before stays as it was', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, { firstName: 'Robin' });
    const before = await queueMail(shopId, profileId, { templateKey: 'win_back' });
    await deliverMessages(shopId);
    await save(shopId, { subject: '{{ customer.firstName | upcase }}, where are you?' });
    await queueMail(shopId, profileId, { templateKey: 'win_back' });
    await deliverMessages(shopId);
    const other = await createMailShop();
    await queueMail(other, await createRecipient(other, { firstName: 'Sam' }));
    await deliverMessages(other);
    expect(sink.mails.map(({ mail }) => mail.subject)).toEqual([
      'Robin, it has been a while',
      'ROBIN, where are you?',
      'Sam, it has been a while',
    ]);
    const stored = await withShop(shopId, (tx) => renderStoredMessage(tx, { shopId, messageId: before }));
    expect(stored).toMatchObject({ subject: 'Robin, it has been a while', asSent: true });
    const edited = await withShop(shopId, (tx) =>
      getMailWords(tx, { shopId, templateKey: 'win_back', locale: 'en' }),
    );
    expect(edited.changed).toEqual(['subject']);
  });

  it('are kept, version by version, with who wrote them; a mail says which it was made with', async () => {
    const shopId = await createMailShop();
    const about = { shopId, templateKey: 'win_back' as const, locale: 'en' as const };
    const profileId = await createRecipient(shopId, { firstName: 'Robin' });
    const send = async () => {
      const messageId = await queueMail(shopId, profileId, { templateKey: 'win_back' });
      await deliverMessages(shopId);
      return (await withShop(shopId, (tx) => getMessagePage(tx, { shopId, messageId }))).message;
    };
    expect(await send()).toMatchObject({ isRendered: true, wordsAt: null });
    await save(shopId, { subject: 'First' });
    await save(shopId, { subject: 'First' }); // the same again is no version
    expect(await send()).toMatchObject({ wordsAt: now.toISOString() });
    await Promise.all(['Second', 'Third', 'Fourth'].map((subject) => save(shopId, { subject })));
    const list = () => withShop(shopId, (tx) => listWordVersions(tx, about));
    const versions = await list();
    expect(versions.map(({ version, staff }) => [version, staff])).toEqual(
      [4, 3, 2, 1].map((version) => [version, 'staff:7']),
    );
    expect(
      versions
        .slice(0, 3)
        .map(({ words }) => words.subject)
        .sort(),
    ).toEqual(['Fourth', 'Second', 'Third']);
    await withShop(shopId, (tx) =>
      updateMailWords(tx, { ...about, words: versions[3]!.words, staff: 'staff:8', now }),
    );
    expect((await list())[0]).toMatchObject({ version: 5, staff: 'staff:8', words: { subject: 'First' } });
    expect((await withShop(shopId, (tx) => getMailWords(tx, about))).words.subject).toBe('First');
    const other = await createMailShop();
    expect(await withShop(other, (tx) => listWordVersions(tx, { ...about, shopId: other }))).toEqual([]);
  });

  it.each([
    [
      'a placeholder nothing can fill',
      { subject: 'Hi {{ customer.nick }}' },
      /nothing can fill \{\{ customer.nick \}\}/,
    ],
    ['broken Liquid', { heading: '{% if customer.firstName %}' }, /not closed/],
    ['an endless loop', { heading: '{% for i in (1..1000000000) %}{% endfor %}' }, /limit|longer/],
    ['no subject', { subject: ' ' }, /subject/],
    ['a file', { heading: '{% include "secrets" %}' }, /ENOENT/],
  ])('are refused with %s', async (_what, change, reason) => {
    const shopId = await createMailShop();
    await expect(save(shopId, change)).rejects.toThrow(reason);
    expect(await withShop(shopId, (tx) => tx.emailWords.count())).toBe(0);
  });
});

describe('a test mail', () => {
  it('arrives without consent or cart, says what it is, and touches no customer', async () => {
    const shopId = await createMailShop();
    const test = (to: string) =>
      withShop(shopId, (tx) =>
        sendTest(tx, { shopId, templateKey: 'abandoned_checkout.first', locale: 'fr', to, now }),
      );
    const { messageId } = await test(' me@shop.example ');
    await test('me@shop.example');
    await deliverMessages(shopId);
    expect(sink.mails.map(({ to, mail }) => [to, mail.subject])).toEqual([
      ['me@shop.example', '[Test] Vous avez oublié quelque chose chez Fern & Field'],
      ['me@shop.example', '[Test] Vous avez oublié quelque chose chez Fern & Field'],
    ]);
    expect(sink.mails[0]!.mail.text).toContain('Chemise en lin');
    expect(await withShop(shopId, (tx) => tx.timelineEvent.count())).toBe(0);
    const stored = await withShop(shopId, (tx) => renderStoredMessage(tx, { shopId, messageId }));
    expect(stored?.asSent).toBe(true);
    await expect(test('no address')).rejects.toThrow(/test mail/);
  });
});

describe('messages', () => {
  it('are written once per key, also at the same time', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId);
    const message = {
      dedupeKey: 'run:1',
      profileId,
      kind: 'marketing' as const,
      templateKey: 'win_back' as const,
      vars: {},
    };
    const create = () =>
      withShop(shopId, (tx) => createMessages(tx, { shopId, messages: [message, message], now }));
    const results = await Promise.all([create(), create(), create()]);
    expect(new Set(results.flatMap(({ ids }) => ids)).size).toBe(1);
    expect(await withShop(shopId, (tx) => tx.message.count())).toBe(1);
  });

  it('tell which mail was sent last about a cart', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId);
    const [cart, other] = [await createMailCart(shopId), await createMailCart(shopId)];
    const about = (cartToken: string) => ({
      templateKey: 'abandoned_checkout.first' as const,
      vars: { cartToken },
    });
    const first = await queueMail(shopId, profileId, about(cart));
    await deliverMessages(shopId);
    const second = await queueMail(shopId, profileId, about(cart));
    await deliverMessages(shopId);
    await queueMail(shopId, profileId, about(other)); // not sent yet
    const sentBefore = (before: Date) => {
      const carts = [cart, other, 'unknown'].map((token) => ({ token, before }));
      return withShop(shopId, (tx) => findSentForCarts(tx, { shopId, carts }));
    };
    expect(await sentBefore(new Date(now.getTime() + 3_600_000))).toEqual([
      { token: cart, messageId: second },
    ]);
    expect(await sentBefore(now)).toEqual([]);
    const wholeSecond = new Date('2026-05-04T10:00:00Z'); // how Shopify dates an order
    const handedOverAt = (ms: number) => ({ handedOverAt: new Date(wholeSecond.getTime() + ms) });
    await withShop(shopId, async (tx) => {
      await tx.message.update({ where: { shopId_id: { shopId, id: first } }, data: handedOverAt(200) });
      await tx.message.update({ where: { shopId_id: { shopId, id: second } }, data: handedOverAt(700) });
    });
    expect(await sentBefore(wholeSecond)).toEqual([{ token: cart, messageId: second }]);
    expect(await sentBefore(new Date(wholeSecond.getTime() - 1_000))).toEqual([]);
    const orders = (revenue: string) => [{ messageId: second, orderId: 5n, revenue }];
    await withShop(shopId, (tx) => attributeOrders(tx, { shopId, orders: orders('99.90') }));
    await withShop(shopId, (tx) => attributeOrders(tx, { shopId, orders: orders('49.90') }));
    const row = await withShop(shopId, (tx) => tx.message.findFirstOrThrow({ where: { id: second } }));
    expect([row.orderId, row.revenue?.toString()]).toEqual([5n, '49.9']);
  });

  it('follow their person through a merge', async () => {
    const shopId = await createMailShop();
    const [from, into] = [
      await createRecipient(shopId),
      await createRecipient(shopId, { email: 'kept@mail.example' }),
    ];
    await queueMail(shopId, from);
    const merges = [{ fromProfileId: from, intoProfileId: into }];
    await withShop(shopId, (tx) => mergeMessages(tx, { shopId, merges }));
    await withShop(shopId, (tx) => mergeMessages(tx, { shopId, merges }));
    await deliverMessages(shopId);
    expect(sink.mails.map(({ to }) => to)).toEqual(['kept@mail.example']);
  });
});
