import { beforeEach, describe, expect, it } from 'vitest';
import { suppress, unsubscribe } from '~/modules/consent/index.server';
import { deliver, renderStoredMessage } from '~/modules/messaging/index.server';
import { clock } from '~/platform/clock.server';
import { encrypt } from '~/platform/crypto.server';
import { withShop } from '~/platform/db/index.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { advanceFlows, scanTimeTriggers } from '~/modules/flows/index.server';
import { anOrder, aPerson, aShopWithFlows, flowsStart, hoursLater } from '../../factories/flow';
import { useMailSink } from '../../factories/mail-sink';
import {
  createMailCart,
  createMailShop,
  createRecipient,
  mailTime,
  queueMail,
  queueMany,
} from '../../factories/message';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const sink = useMailSink();

const read = (shopId: number, id: bigint) =>
  withShop(shopId, (tx) => tx.message.findFirstOrThrow({ where: { shopId, id } }));
const minutesLater = (count: number) => clock.moveTo(mailTime.getTime() + count * 60_000 - Date.now());

beforeEach(() => minutesLater(1));

describe('a delivery', () => {
  it('sends a mail with all a good mail has, and writes down that it did', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, { email: 'robin@mail.example', points: 1_250 });
    const cartToken = await createMailCart(shopId);
    const id = await queueMail(shopId, profileId, {
      templateKey: 'abandoned_checkout.first',
      vars: { cartToken },
    });
    await deliverMessages(shopId);

    const row = await read(shopId, id);
    expect(row).toMatchObject({
      status: 'sent',
      attempts: 1,
      leaseUntil: null,
      toAddress: 'robin@mail.example',
      locale: 'en',
    });
    const { mail, from, raw } = sink.mails[0]!;
    expect(sink.mails).toHaveLength(1);
    expect(mail.messageId).toBe(`<${row.token}@perennial.test>`);
    expect(mail.subject).toBe('You left something behind at Fern & Field');
    expect(mail.from?.value).toEqual([{ name: 'Fern & Field', address: 'hello@perennial.test' }]);
    expect(mail.replyTo?.value[0]?.address).toBe('owner@fern.example');
    expect(from).toBe('hello@perennial.test');
    expect(raw).toContain(`List-Unsubscribe: <https://perennial.test/unsubscribe/${row.token}>\r\n`);
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
    for (const part of [String(mail.html), String(mail.text)]) {
      expect(part).toContain('Linen shirt');
      expect(part).toContain('€1,234.50');
      expect(part).toContain('1,250');
      expect(part).toContain('12 Garden Lane, Bristol');
      expect(part).toContain(`https://perennial.test/r/${row.token}?u=cart`);
      expect(part).toContain(`https://perennial.test/unsubscribe/${row.token}`);
    }
    const traces = await withShop(shopId, (tx) => tx.timelineEvent.findMany({ where: { profileId } }));
    expect(traces.map(({ kind, key }) => [kind, key])).toEqual([['email_sent', id.toString()]]);
  });

  it('can show later exactly what was sent', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, { firstName: 'Zoë', locale: 'de-CH' });
    const cartToken = await createMailCart(shopId);
    const id = await queueMail(shopId, profileId, {
      templateKey: 'abandoned_checkout.second',
      vars: { cartToken },
    });
    await deliverMessages(shopId);
    await withShop(shopId, (tx) =>
      tx.profile.updateMany({ where: { id: profileId }, data: { firstName: 'Other' } }),
    );
    const stored = await withShop(shopId, (tx) => renderStoredMessage(tx, { shopId, messageId: id }));
    expect(stored?.asSent).toBe(true);
    expect(stored?.subject).toBe('Zoë, überlegen Sie noch?');
    expect(stored?.html).toContain('lang="de"');
    expect(sink.mails[0]!.mail.subject).toBe(stored?.subject);
    expect(sink.mails[0]!.mail.text?.trim()).toBe(stored?.text.trim());
  });

  it('escapes what customers and products are called', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, {
      firstName: 'Eve\r\nBcc: all@example.com<script>x</script>',
    });
    const cartToken = await createMailCart(shopId, {
      title: '<img src=x onerror=alert(1)> {{ shop.color }}',
    });
    await queueMail(shopId, profileId, { templateKey: 'abandoned_checkout.second', vars: { cartToken } });
    await deliverMessages(shopId);
    const { mail, raw } = sink.mails[0]!;
    expect(mail.html).not.toMatch(/<script>|<img src=x/);
    expect(mail.html).toContain('{{ shop.color }}');
    expect(mail.bcc).toBeUndefined();
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
  });

  it('sends nothing twice when it runs again', async () => {
    const shopId = await createMailShop();
    await queueMail(shopId, await createRecipient(shopId));
    await deliverMessages(shopId);
    await deliverMessages(shopId);
    expect(sink.mails).toHaveLength(1);
  });

  it('sends each mail once when several deliver at the same time', async () => {
    const shopId = await createMailShop();
    await queueMany(shopId, 130);
    await Promise.all(Array.from({ length: 4 }, () => deliverMessages(shopId)));
    expect(sink.mails).toHaveLength(130);
    expect(new Set(sink.arrived).size).toBe(130);
  });

  it('keeps shops apart', async () => {
    const [one, two] = [await createMailShop(), await createMailShop()];
    await queueMail(one, await createRecipient(one, { email: 'one@mail.example' }));
    const other = await queueMail(two, await createRecipient(two, { email: 'two@mail.example' }));
    await deliverMessages(one);
    expect(sink.mails.map(({ to }) => to)).toEqual(['one@mail.example']);
    expect(await read(two, other)).toMatchObject({ status: 'queued' });
    await expect(
      withShop(one, (tx) => renderStoredMessage(tx, { shopId: one, messageId: other })),
    ).rejects.toThrow(/not found/);
  });
});

describe('a mail that must not go out any more', () => {
  const reasonFor = async (
    prepare: (shopId: number, profileId: bigint) => Promise<unknown>,
    options: Parameters<typeof createRecipient>[1] = {},
    mail: Parameters<typeof queueMail>[2] = {},
  ) => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, options);
    const id = await queueMail(shopId, profileId, mail);
    await prepare(shopId, profileId);
    await deliverMessages(shopId);
    const { status, error } = await read(shopId, id);
    return [status, error];
  };
  const nothing = async () => undefined;

  it('is withheld when consent ended after it was queued', async () => {
    const leave = (shopId: number, profileId: bigint) =>
      withShop(shopId, (tx) =>
        unsubscribe(tx, { shopId, profileId, source: 'one_click', key: 'k', evidence: {}, now: mailTime }),
      );
    expect(await reasonFor(leave)).toEqual(['withheld', 'not_subscribed']);
    expect(sink.mails).toHaveLength(0);
  });

  it('goes out nevertheless when it belongs to an order', async () => {
    const mail = { kind: 'transactional' as const, templateKey: 'first_order_thank_you' as const };
    expect(await reasonFor(nothing, { state: 'unsubscribed' }, mail)).toEqual(['sent', null]);
    expect(sink.mails[0]!.raw).not.toMatch(/^List-Unsubscribe/m);
    expect(sink.mails[0]!.mail.text).toContain('because you placed an order');
  });

  it('is withheld from a suppressed address, transactional or not', async () => {
    const block = (shopId: number) =>
      withShop(shopId, (tx) =>
        suppress(tx, { shopId, emails: ['Gone@Mail.example '], reason: 'complaint', now: mailTime }),
      );
    expect(await reasonFor(block, { email: 'gone@mail.example' })).toEqual(['withheld', 'suppressed']);
    const mail = { kind: 'transactional' as const };
    expect(await reasonFor(block, { email: 'gone@mail.example' }, mail)).toEqual(['withheld', 'suppressed']);
  });

  it('is withheld from the suppressed one of two partners, who are both no customers', async () => {
    const shopId = await createMailShop();
    await withShop(shopId, (tx) =>
      suppress(tx, { shopId, emails: ['gone@mail.example'], reason: 'complaint', now: mailTime }),
    );
    const vars = { signIn: encrypt('https://perennial.test/portal/enter/1') };
    const signIn = (toAddress: string) =>
      queueMail(shopId, 0n, { kind: 'transactional', templateKey: 'affiliate_sign_in', toAddress, vars });
    const ids = [await signIn('gone@mail.example'), await signIn('here@mail.example')];
    await deliverMessages(shopId);
    expect(sink.mails.map(({ to }) => to)).toEqual(['here@mail.example']);
    expect(await read(shopId, ids[0]!)).toMatchObject({ status: 'withheld', error: 'suppressed' });
  });

  it('is withheld without a plain address', async () => {
    expect(await reasonFor(nothing, { email: null })).toEqual(['withheld', 'no_email']);
    expect(await reasonFor(nothing, { email: '"x@gmail.com y"@internal' })).toEqual(['withheld', 'no_email']);
    expect(await reasonFor(nothing, { email: 'a@x.com (b) .evil.com' })).toEqual(['withheld', 'no_email']);
  });

  it('is withheld when its cart is bought, or has nowhere to lead', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId);
    const bought = await createMailCart(shopId, { state: 'ordered' });
    const lost = await createMailCart(shopId, { recoveryUrl: null });
    const ids = [];
    for (const cartToken of [bought, lost, 'never-seen']) {
      ids.push(
        await queueMail(shopId, profileId, { templateKey: 'abandoned_checkout.first', vars: { cartToken } }),
      );
    }
    await deliverMessages(shopId);
    const rows = await Promise.all(ids.map((id) => read(shopId, id)));
    expect(rows.map(({ status, error }) => [status, error])).toEqual([
      ['withheld', 'cart_closed'],
      ['withheld', 'missing_value: cart.recoveryUrl'],
      ['withheld', 'missing_value: cart'],
    ]);
  });

  it('is neither sent nor written down when its person is erased while it is being rendered', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, { email: 'erased@mail.example' });
    const id = await queueMail(shopId, profileId, { kind: 'transactional' });
    await deliver({
      shopId,
      now: () => clock.now(),
      realNow: () => new Date(),
      steps: {
        loadCarts: async () => {
          await withShop(shopId, (tx) =>
            tx.profile.updateMany({ data: { redactedAt: mailTime, email: null } }),
          );
          return new Map();
        },
        loadLoyalty: async () => new Map(),
        loadReferrals: async () => new Map(),
        findEnded: async () => new Map(),
        checkRecipients: async () => ['ok' as const],
        noteOutcomes: async () => undefined,
      },
    });
    expect(sink.mails).toHaveLength(0);
    expect(await read(shopId, id)).toMatchObject({
      status: 'sending',
      handedOverAt: null,
      toAddress: null,
      vars: {},
    });
    await withShop(shopId, (tx) => tx.message.updateMany({ data: { leaseUntil: new Date(0) } }));
    await deliverMessages(shopId);
    expect(await read(shopId, id)).toMatchObject({ status: 'withheld', error: 'no_email' });
  });

  it('is withheld when it would come days late', async () => {
    minutesLater(73 * 60);
    expect(await reasonFor(nothing)).toEqual(['withheld', 'too_late']);
  });

  it('is withheld when the shop has removed the app', async () => {
    const remove = (shopId: number) =>
      withShop(shopId, (tx) => tx.shop.update({ where: { id: shopId }, data: { status: 'uninstalled' } }));
    expect(await reasonFor(remove)).toEqual(['withheld', 'shop_uninstalled']);
    expect(sink.mails).toHaveLength(0);
  });
});

describe('a mail that comes late because the mail server was away', () => {
  it('waits for the end of the quiet hours, unless it belongs to an order', async () => {
    const shopId = await createMailShop();
    const quiet = { quietHoursStart: 22 * 60, quietHoursEnd: 8 * 60 };
    await withShop(shopId, (tx) => tx.shopSettings.updateMany({ data: quiet }));
    await withShop(shopId, (tx) => tx.shop.updateMany({ data: { timeZone: 'Europe/Berlin' } }));
    const marketing = await queueMail(
      shopId,
      await createRecipient(shopId, { email: 'shopper@mail.example' }),
    );
    const buyer = await createRecipient(shopId, { email: 'buyer@mail.example' });
    await queueMail(shopId, buyer, { kind: 'transactional' });
    clock.moveTo(Date.parse('2026-05-04T23:30:00Z') - Date.now());
    await deliverMessages(shopId);
    expect(sink.mails.map(({ to }) => to)).toEqual(['buyer@mail.example']);
    expect(await read(shopId, marketing)).toMatchObject({
      status: 'queued',
      attempts: 0,
      nextAttemptAt: new Date('2026-05-05T06:00:00Z'),
    });
    clock.moveTo(Date.parse('2026-05-05T06:00:01Z') - Date.now());
    await deliverMessages(shopId);
    expect((await read(shopId, marketing)).status).toBe('sent');
  });

  it('is withheld from who has ordered since it was written', async () => {
    const shopId = await aShopWithFlows({ flows: ['win_back'] });
    const silentSince = hoursLater(-60 * 24);
    const silent = (id: bigint, email: string) =>
      aPerson(shopId, { email, lastOrder: { id, at: silentSince } });
    const back = await silent(1n, 'back@mail.example');
    await silent(2n, 'silent@mail.example');
    await scanTimeTriggers(shopId, flowsStart);
    await advanceFlows(shopId, flowsStart);
    await anOrder(shopId, { id: 3n, profileId: back, at: hoursLater(1) });
    clock.moveTo(hoursLater(2).getTime() - Date.now());
    await deliverMessages(shopId);
    expect(sink.mails.map(({ to }) => to)).toEqual(['silent@mail.example']);
    const [withheld] = await withShop(shopId, (tx) => tx.message.findMany({ where: { profileId: back } }));
    expect(withheld).toMatchObject({ status: 'withheld', error: 'order_placed' });
  });
});
