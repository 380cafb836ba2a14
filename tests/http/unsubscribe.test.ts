import { describe, expect, it } from 'vitest';
import { unsubscribe } from '~/modules/consent/index.server';
import { findMessageByToken, sendTest } from '~/modules/messaging/index.server';
import { withShop } from '~/platform/db/index.server';
import { action, loader } from '~/routes/unsubscribe.$token';
import { loader as follow } from '~/routes/r.$token';
import { createMailCart, createMailShop, createRecipient, mailTime, queueMail } from '../factories/message';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const address = 'https://perennial.test/unsubscribe/';
const get = (token: string) =>
  loader({ request: new Request(address + token), params: { token }, context: {} });
const post = (token: string, body?: BodyInit, headers: HeadersInit = {}) =>
  action({
    request: new Request(address + token, { method: 'POST', body, headers }),
    params: { token },
    context: {},
  });
const oneClick = () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
const multipart = () => {
  const form = new FormData();
  form.set('List-Unsubscribe', 'One-Click');
  return form;
};

async function mailTo(options: Parameters<typeof createRecipient>[1] = {}) {
  const shopId = await createMailShop();
  const profileId = await createRecipient(shopId, { shopifyCustomerId: 7n, ...options });
  const id = await queueMail(shopId, profileId);
  const { token } = await withShop(shopId, (tx) => tx.message.findFirstOrThrow({ where: { id } }));
  return { shopId, profileId, id, token };
}

/** Everything in the database that a link could have changed. */
const snapshot = (shopId: number) =>
  withShop(shopId, async (tx) => ({
    consents: await tx.consent.findMany(),
    events: await tx.consentEvent.findMany(),
    pushes: await tx.consentPush.findMany(),
    messages: await tx.message.findMany(),
    timeline: await tx.timelineEvent.findMany(),
    traits: await tx.profileTraits.findMany(),
  }));

describe('the unsubscribe page', () => {
  it('changes nothing, however often it is opened', async () => {
    const { shopId, token } = await mailTo();
    const before = await snapshot(shopId);
    const answers = await Promise.all(Array.from({ length: 100 }, () => get(token)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await snapshot(shopId)).toEqual(before);
  });

  it('asks in the shop’s name, safely and without script', async () => {
    const { shopId, token } = await mailTo();
    await withShop(shopId, (tx) => tx.shopSettings.updateMany({ data: { senderName: '<b>Fern</b>' } }));
    const answer = await get(token);
    const html = await answer.text();
    expect(html).toContain('&lt;b&gt;Fern&lt;/b&gt;');
    expect(html).toMatch(/<form method="post">.*value="unsubscribe".*value="keep"/s);
    expect(html).not.toMatch(/<script|<b>/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('speaks the language of the mail', async () => {
    const { shopId, token, id } = await mailTo();
    for (const [locale, words] of [
      ['de-CH', 'Von E-Mails abmelden?'],
      ['fr', 'Vous désabonner des e-mails'],
      ['und', 'Unsubscribe from e-mails?'],
    ] as const) {
      await withShop(shopId, (tx) => tx.message.updateMany({ where: { id }, data: { locale } }));
      expect(await (await get(token)).text()).toContain(words);
    }
  });

  it('takes the button, and "keep me subscribed" takes it back', async () => {
    const { shopId, profileId, token } = await mailTo();
    const state = async () =>
      (await withShop(shopId, (tx) => tx.consent.findFirstOrThrow({ where: { profileId } }))).state;
    const press = (intent: string) => post(token, new URLSearchParams({ intent }));
    expect(await (await press('keep')).text()).toContain('You stay subscribed');
    expect(await (await press('unsubscribe')).text()).toContain('You are unsubscribed');
    expect(await state()).toBe('unsubscribed');
    expect(await (await press('keep')).text()).toContain('You stay subscribed');
    expect(await state()).toBe('subscribed');
    expect(await (await press('unsubscribe')).text()).toContain('You are unsubscribed');
    expect(await state()).toBe('unsubscribed');
    const traits = await withShop(shopId, (tx) =>
      tx.profileTraits.findFirstOrThrow({ where: { profileId } }),
    );
    expect(traits.emailState).toBe('unsubscribed');
  });

  it('subscribes nobody who left elsewhere or never joined', async () => {
    const never = await mailTo({ state: null });
    await post(never.token, new URLSearchParams({ intent: 'keep' }));
    expect(await withShop(never.shopId, (tx) => tx.consent.count({ where: { state: 'subscribed' } }))).toBe(
      0,
    );
    const left = await mailTo();
    await withShop(left.shopId, (tx) =>
      unsubscribe(tx, { ...left, source: 'merchant', key: 'm', evidence: {}, now: mailTime }),
    );
    await post(left.token, new URLSearchParams({ intent: 'keep' }));
    expect(await withShop(left.shopId, (tx) => tx.consent.count({ where: { state: 'subscribed' } }))).toBe(0);
  });
});

describe('one-click unsubscription (RFC 8058)', () => {
  it.each([
    ['urlencoded', oneClick],
    ['multipart', multipart],
    ['no body', () => undefined],
  ])('works with %s: 200, no cookie, no redirect, at once', async (_kind, body) => {
    const { shopId, profileId, id, token } = await mailTo();
    const answer = await post(token, body());
    expect(answer.status).toBe(200);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('set-cookie')).toBeNull();
    const after = await snapshot(shopId);
    expect(after.consents).toMatchObject([{ profileId, state: 'unsubscribed', source: 'one_click' }]);
    expect(after.pushes).toMatchObject([{ profileId, state: 'unsubscribed' }]);
    expect(after.messages.find((message) => message.id === id)?.unsubscribedAt).not.toBeNull();
    expect(after.timeline).toMatchObject([{ kind: 'consent_changed', profileId }]);
    expect(after.traits).toMatchObject([{ emailState: 'unsubscribed' }]);
  });

  it('gives the same answer to the hundredth click, and changes nothing more', async () => {
    const { shopId, token } = await mailTo();
    const first = await post(token, oneClick());
    const text = await first.text();
    const before = await snapshot(shopId);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => post(token, index % 2 ? oneClick() : multipart())),
    );
    for (const answer of answers) {
      expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([200, null, text]);
    }
    expect(await snapshot(shopId)).toEqual(before);
  });

  it('is made once by many clicks at the same time', async () => {
    const { shopId, token } = await mailTo();
    await Promise.all(Array.from({ length: 8 }, () => post(token, oneClick())));
    const { events, pushes, timeline } = await snapshot(shopId);
    expect([events.length, pushes.length, timeline.length]).toEqual([1, 1, 1]);
  });

  it('acts on the shop of the mail and on no other', async () => {
    const [one, two] = [await mailTo(), await mailTo()];
    const before = await snapshot(two.shopId);
    await post(one.token, oneClick());
    expect(await snapshot(two.shopId)).toEqual(before);
    const found = await withShop(two.shopId, (tx) =>
      findMessageByToken(tx, { shopId: two.shopId, token: one.token }),
    );
    expect(found).toBeNull();
  });

  it.each(['', 'x', 'a'.repeat(24), '../../etc/passwd', "' OR 1=1 --", 'a'.repeat(5_000)])(
    'refuses a token that is none: %s',
    async (token) => {
      expect((await post(token, oneClick())).status).toBe(404);
      expect((await get(token)).status).toBe(404);
    },
  );

  it('reads no endless or broken body', async () => {
    const { shopId, token } = await mailTo();
    expect(
      (await post(token, 'x'.repeat(1_000_000), { 'content-type': 'application/x-www-form-urlencoded' }))
        .status,
    ).toBe(200);
    expect(
      (await post(token, 'not multipart', { 'content-type': 'multipart/form-data; boundary=y' })).status,
    ).toBe(200);
    expect(await withShop(shopId, (tx) => tx.consent.count({ where: { state: 'unsubscribed' } }))).toBe(1);
  });

  it('of a test mail says so and changes nothing', async () => {
    const shopId = await createMailShop();
    const { messageId } = await withShop(shopId, (tx) =>
      sendTest(tx, { shopId, templateKey: 'win_back', locale: 'en', to: 'me@mail.example', now: mailTime }),
    );
    const { token } = await withShop(shopId, (tx) =>
      tx.message.findFirstOrThrow({ where: { id: messageId } }),
    );
    const answer = await post(token, oneClick());
    expect([answer.status, (await answer.text()).includes('This was a test e-mail')]).toEqual([200, true]);
    expect((await snapshot(shopId)).consents).toEqual([]);
  });

  it('still works when the shop has removed the app', async () => {
    const { shopId, profileId, token } = await mailTo();
    await withShop(shopId, (tx) =>
      tx.shop.update({ where: { id: shopId }, data: { status: 'uninstalled' } }),
    );
    await post(token, oneClick());
    expect((await snapshot(shopId)).consents).toMatchObject([{ profileId, state: 'unsubscribed' }]);
  });
});

describe('a link of a mail', () => {
  const open = (token: string, query = '', method = 'GET') =>
    follow({
      request: new Request(`https://perennial.test/r/${token}${query}`, { method }),
      params: { token },
      context: {},
    });

  it('goes to the cart, and the first click counts', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId);
    const cartToken = await createMailCart(shopId);
    const id = await queueMail(shopId, profileId, {
      templateKey: 'abandoned_checkout.first',
      vars: { cartToken },
    });
    const { token } = await withShop(shopId, (tx) => tx.message.findFirstOrThrow({ where: { id } }));
    await open(token, '?u=cart', 'HEAD');
    expect((await snapshot(shopId)).messages[0]?.clickedAt).toBeNull();
    const answer = await open(token, '?u=cart');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(
      `https://fern.example/checkouts/${cartToken}/recover?key=abc`,
    );
    const { clickedAt } = (await snapshot(shopId)).messages[0]!;
    expect(clickedAt).not.toBeNull();
    await open(token, '?u=cart');
    const after = await snapshot(shopId);
    expect(after.messages[0]?.clickedAt).toEqual(clickedAt);
    expect(after.timeline).toMatchObject([{ kind: 'email_clicked', profileId, key: id.toString() }]);
  });

  it.each([
    '?u=https://evil.example',
    '?u=//evil.example',
    '?u=cart&u=https://evil.example',
    '?url=https://evil.example',
    '',
  ])('never goes where a visitor says: %s', async (query) => {
    const { token } = await mailTo();
    const answer = await open(token, query);
    expect(answer.headers.get('location')).toBe('https://fern.example/');
  });

  it('does not follow an address that is not https', async () => {
    const shopId = await createMailShop();
    const cartToken = await createMailCart(shopId, { recoveryUrl: 'javascript:alert(1)' });
    const id = await queueMail(shopId, await createRecipient(shopId), {
      templateKey: 'abandoned_checkout.first',
      vars: { cartToken },
    });
    const { token } = await withShop(shopId, (tx) => tx.message.findFirstOrThrow({ where: { id } }));
    expect((await open(token, '?u=cart')).headers.get('location')).toBe('https://fern.example/');
  });

  it('of a mail to a partner, who is no customer, leads on and is on nobody’s record', async () => {
    const shopId = await createMailShop();
    await queueMail(shopId, 0n, {
      kind: 'transactional',
      templateKey: 'affiliate_sign_in',
      toAddress: 'a@b.example',
    });
    const { token } = await withShop(shopId, (tx) => tx.message.findFirstOrThrow());
    expect((await open(token)).headers.get('location')).toBe('https://fern.example/');
    expect(await (await get(token)).text()).toContain('You do not receive marketing e-mails');
    for (const intent of ['unsubscribe', 'keep', ''])
      expect(await (await post(token, new URLSearchParams({ intent }))).text()).toContain(
        'You do not receive marketing e-mails',
      );
    expect(await snapshot(shopId)).toMatchObject({
      consents: [],
      events: [],
      pushes: [],
      timeline: [],
      traits: [],
    });
  });

  it('of no mail is a page that says so', async () => {
    expect((await open('a'.repeat(24))).status).toBe(404);
  });
});
