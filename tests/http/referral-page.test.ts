import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderReferralPage } from '~/emails/referral-page.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { claimOnReferralPage } from '~/processes/referral-page.server';
import { action, loader } from '~/routes/proxy.r.$code';
import { aReferralShop, claimedAt } from '../factories/referrals';
import { FakeCodes } from '../factories/rewards';
import { offlineSession } from '../factories/session';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

let shop: Awaited<ReturnType<typeof aReferralShop>> & { domain: string };
let visitors = 0;
let ip = '';

beforeEach(async () => {
  const made = await aReferralShop({ minimumOrder: '30' });
  const { domain } = await prisma().shop.update({
    where: { id: made.shopId },
    data: { name: 'Fern & <Co>' },
    select: { domain: true },
  });
  await sessionStorage.storeSession(offlineSession(domain));
  shop = { ...made, domain };
  visitors += 1;
  ip = `198.51.100.${visitors}`;
});

/** A request as Shopify passes it on. */
function proxied(
  given: {
    code?: string;
    form?: Record<string, string>;
    secret?: string;
    at?: number;
    language?: string;
  } = {},
) {
  const { code = shop.code, form, secret = 'test-api-secret', at = Date.now(), language = 'en' } = given;
  const query = new URLSearchParams({
    shop: shop.domain,
    logged_in_customer_id: '',
    path_prefix: '/apps/perennial',
    timestamp: Math.floor(at / 1000).toString(),
  });
  const message = [...query]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('');
  query.set('signature', createHmac('sha256', secret).update(message).digest('hex'));
  const request = new Request(`https://perennial.test/proxy/r/${code}?${query}`, {
    headers: { 'x-forwarded-for': `${ip}, 10.0.0.1`, 'accept-language': language, 'user-agent': 'Phone' },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  return { request, params: { code }, context: {} };
}
const thrown = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const claims = () => prisma().referral.findMany({ where: { shopId: shop.shopId } });

describe('the page behind a referral link', () => {
  it('offers in the shop’s name, with a box nobody has ticked, without script', async () => {
    const answer = await loader(proxied());
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('F8001 gives you €10.00 off');
    expect(html).toContain('Fern &amp; &lt;Co&gt;');
    expect(html).toMatch(/<label for="email">/);
    expect(html).toMatch(/<input id="consent" name="consent" type="checkbox" value="yes"\/>/);
    expect(html).not.toMatch(/<script|checked|<Co>/);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it.each([
    ['de-AT,de;q=0.9', 'schenkt dir'],
    ['fr', 'vous offre'],
    ['pt-BR,en;q=0.5', 'gives you'],
  ])('speaks %s', async (language, words) => {
    expect(await (await loader(proxied({ language }))).text()).toContain(words);
  });

  it('counts a visitor once a day and keeps no address', async () => {
    for (let time = 0; time < 3; time += 1) await loader(proxied());
    const visits = await prisma().referralVisit.findMany({ where: { shopId: shop.shopId } });
    expect(visits).toHaveLength(1);
    expect(visits[0]?.visitorHash).not.toContain('198.51');
  });

  it('is nowhere for a code of nobody, of another shop, or while there is no session', async () => {
    const other = await aReferralShop();
    for (const code of ['NOBODY22', other.code, "'; DROP TABLE referrals; --"])
      expect((await loader(proxied({ code }))).status).toBe(404);
    await sessionStorage.deleteSession(`offline_${shop.domain}`);
    expect((await loader(proxied())).status).toBe(404);
  });

  it('answers nobody but Shopify: a wrong or old signature is a 400', async () => {
    for (const given of [
      { secret: 'guess' },
      { at: Date.now() - 10 * 60_000 },
      { form: { email: 'a@b.example' }, secret: 'x' },
    ]) {
      const error = await thrown((given.form ? action : loader)(proxied(given)));
      expect(error).toMatchObject({ status: 400 });
    }
    expect(await claims()).toEqual([]);
  });

  it('says what is wrong with an address, keeps what was typed, and claims nothing', async () => {
    const answer = await action(proxied({ form: { email: 'frida"><b>' } }));
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('value="frida&quot;&gt;&lt;b&gt;"');
    expect(await claims()).toEqual([]);
  });

  it('tells the advocate’s own address what it tells everybody who is blocked', async () => {
    const answer = await action(proxied({ form: { email: 'maria.advocate@shop.example' } }));
    expect(await answer.text()).toContain('can’t be used with this address');
    expect(await claims()).toMatchObject([{ state: 'blocked', offerState: 'none' }]);
  });

  it('lets one network try ten times in ten minutes', async () => {
    const form = { email: 'maria.advocate@shop.example' };
    const statuses: number[] = [];
    for (let time = 0; time < 11; time += 1) statuses.push((await action(proxied({ form }))).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    ip = '192.0.2.1';
    expect((await action(proxied({ form }))).status).toBe(200);
  });

  it('takes one line’s many addresses of IPv6 for one network', async () => {
    const form = { email: 'maria.advocate@shop.example' };
    const statuses: number[] = [];
    for (let time = 0; time < 11; time += 1) {
      ip = `2001:db8:1:2::${time}`;
      statuses.push((await action(proxied({ form }))).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('a claim on the page', () => {
  const claim = (consent: boolean, language = 'en', now = claimedAt) =>
    claimOnReferralPage(
      {
        shopDomain: shop.domain,
        code: shop.code.toLowerCase(),
        language,
        ip,
        userAgent: 'Phone',
        now,
      },
      { email: ' Frida@Friend.example ', consent, codes: new FakeCodes() },
    );
  const consents = () => prisma().consent.findMany({ where: { shopId: shop.shopId } });

  it('shows the code, the same however often, and how long it works', async () => {
    const first = await claim(false);
    const [row] = await claims();
    expect(first?.view).toEqual({ kind: 'claimed', code: row?.offerCode, from: null, until: 'May 31, 2026' });
    expect((await claim(false))?.view).toEqual(first?.view);
  });

  it('says from when on a code works whose start the merchant moved', async () => {
    await claim(false);
    await prisma().referral.updateMany({ data: { offerStartsAt: new Date('2026-05-10T10:00:00Z') } });
    const shown = await claim(false);
    expect(shown?.view).toMatchObject({ kind: 'claimed', from: 'May 10, 2026' });
    expect(renderReferralPage(shown!)).toContain('It works from May 10, 2026, not before.');
  });

  it('shows no code whose days are over', async () => {
    await claim(false);
    const late = new Date(claimedAt.getTime() + 30 * 24 * 60 * 60_000);
    expect((await claim(false, 'en', late))?.view).toEqual({ kind: 'over' });
  });

  it('subscribes nobody who did not tick the box', async () => {
    await claim(false);
    expect((await consents()).filter(({ state }) => state === 'subscribed')).toEqual([]);
  });

  it('subscribes who did, once, with the words they saw as evidence', async () => {
    await claim(true, 'de');
    await claim(true, 'de');
    expect(await consents()).toMatchObject([{ state: 'subscribed', source: 'referral_page' }]);
    const events = await prisma().consentEvent.findMany({ where: { shopId: shop.shopId } });
    expect(events).toHaveLength(1);
    expect(events[0]?.evidence).toMatchObject({
      wording: expect.stringContaining('Schickt mir Angebote') as string,
    });
    expect(JSON.stringify(events[0]?.evidence)).not.toContain('frida');
  });

  it('has ended when the programme was switched off', async () => {
    await withShop(shop.shopId, (tx) => tx.referralProgramme.updateMany({ data: { enabled: false } }));
    expect((await claim(true))?.view).toEqual({ kind: 'ended' });
    expect(await claims()).toEqual([]);
  });
});
