import { describe, expect, it } from 'vitest';
import {
  assignCode,
  createAsset,
  decideAffiliate,
  getStatement,
  listStatements,
} from '~/modules/affiliates/index.server';
import { listAffiliateOrders } from '~/modules/insights/index.server';
import { clock } from '~/platform/clock.server';
import { decrypt } from '~/platform/crypto.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { deliver, renderStoredMessage } from '~/modules/messaging/index.server';
import type { OutgoingMail } from '~/platform/mail/transport.server';
import { appUninstalled } from '~/processes/app-uninstalled.server';
import { customerRedacted } from '~/processes/customer-redacted.server';
import { loader as follow } from '~/routes/a.$code';
import { action as applyAction, loader as applyPage } from '~/routes/partners.$token';
import { action as portalAction, loader as portal } from '~/routes/portal._index';
import { action as enter, loader as enterPage } from '~/routes/portal.enter.$link';
import { loader as statement } from '~/routes/portal.statements.$month';
import {
  anAffiliate,
  aProgramme,
  codeOrder,
  commissionTotals,
  goodsBack,
  makePayout,
  moneyOf,
  payBatch,
  staff,
} from '../factories/affiliates';
import { guest, minute, orderFact } from '../factories/facts';
import { arrive } from '../factories/records';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const origin = 'https://perennial.test';
const form = (fields: Record<string, string>) => new URLSearchParams(fields);

async function world(terms: Parameters<typeof aProgramme>[0] = { holdDays: 0 }) {
  const { shopId, groupId } = await aProgramme(terms);
  const { token } = await prisma().affiliateProgramme.findUniqueOrThrow({ where: { shopId } });
  return { shopId, groupId, token };
}

const post = (token: string, fields: Record<string, string>) =>
  applyAction({
    request: new Request(`${origin}/partners/${token}`, { method: 'POST', body: form(fields) }),
    params: { token },
    context: {},
  });

const open = (token: string) =>
  applyPage({ request: new Request(`${origin}/partners/${token}`), params: { token }, context: {} });

/** The addresses of links into the portal that wait to be mailed. */
async function mailedLinks(shopId: number): Promise<{ to: string | null; link: string }[]> {
  const messages = await prisma().message.findMany({
    where: { shopId, templateKey: 'affiliate_sign_in' },
    orderBy: { id: 'asc' },
  });
  return messages.map(({ toAddress, context }) => ({
    to: toAddress,
    link: decrypt((context as { signIn: string }).signIn).replace(/^.*\//, ''),
  }));
}

const press = (link: string) =>
  enter({
    request: new Request(`${origin}/portal/enter/${link}`, { method: 'POST' }),
    params: { link },
    context: {},
  });

/** Signs in by mail; the cookie of the session. */
async function signIn(shopId: number, token: string, email: string): Promise<string> {
  await post(token, { intent: 'signIn', email });
  const { link } = (await mailedLinks(shopId)).at(-1)!;
  const answer = await press(link);
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/portal']);
  return answer.headers.get('set-cookie')!.split(';')[0]!;
}

const see = async (cookie: string) => {
  const answer = await portal({
    request: new Request(`${origin}/portal`, { headers: { cookie } }),
    params: {},
    context: {},
  });
  return { status: answer.status, html: await answer.text() };
};

describe('the application page', () => {
  it('takes an application, once per address, and shows nobody what is written', async () => {
    const { shopId, token } = await world();
    const page = await open(token);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<form method="post">');
    const application = {
      intent: 'apply',
      name: '<b>Rosa</b>',
      email: 'Rosa@mail.example',
      website: 'https://rosa.example',
    };
    for (const mail of ['Rosa@mail.example', 'rosa@mail.example'])
      expect((await post(token, { ...application, email: mail })).status).toBe(200);
    expect(await prisma().affiliate.findMany({ where: { shopId } })).toMatchObject([
      {
        state: 'applied',
        email: 'rosa@mail.example',
        name: '<b>Rosa</b>',
        website: 'https://rosa.example',
        about: null,
      },
    ]);
    const refused = await post(token, { ...application, email: 'no address' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('&lt;b&gt;Rosa&lt;/b&gt;');
  });

  it('that is closed takes none, and one that is not there is not found', async () => {
    const { shopId, token } = await world();
    await prisma().affiliateProgramme.update({ where: { shopId }, data: { isOpen: false } });
    expect((await post(token, { intent: 'apply', name: 'Rosa', email: 'rosa@mail.example' })).status).toBe(
      400,
    );
    expect(await prisma().affiliate.count({ where: { shopId } })).toBe(0);
    expect([(await open('x'.repeat(24))).status, (await post('..', { intent: 'apply' })).status]).toEqual([
      404, 404,
    ]);
  });

  it('does not let a machine fill the list', async () => {
    const { shopId, token } = await world();
    const rows = Array.from({ length: 100 }, (_, index) => ({
      shopId,
      state: 'applied',
      email: `p${index}@mail.example`,
      linkCode: `flood${index}`,
      appliedAt: clock.now(),
    }));
    await prisma().affiliate.createMany({ data: rows });
    expect((await post(token, { intent: 'apply', name: 'Rosa', email: 'rosa@mail.example' })).status).toBe(
      503,
    );
  });
});

describe('the link into the portal', () => {
  it('is mailed, works once, and begins a session', async () => {
    const { shopId, groupId, token } = await world();
    await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    const answer = await post(token, { intent: 'signIn', email: 'ROSA@mail.example' });
    const [mail] = await mailedLinks(shopId);
    expect(mail?.to).toBe('rosa@mail.example');
    const stranger = await post(token, { intent: 'signIn', email: 'nobody@mail.example' });
    expect(await stranger.text()).toBe(await answer.text());
    const opened = enterPage({ request: new Request(`${origin}/portal/enter/x`), params: {}, context: {} });
    expect(opened.status).toBe(200); // scanners open links; nothing is used up
    const tries = await Promise.all(Array.from({ length: 5 }, () => press(mail!.link)));
    expect(tries.map(({ status }) => status).sort()).toEqual([302, 410, 410, 410, 410]);
    const cookie = tries.find(({ status }) => status === 302)!.headers.get('set-cookie')!;
    expect(cookie).toMatch(/HttpOnly.*Secure.*SameSite=Lax/);
    expect((await see(cookie.split(';')[0]!)).status).toBe(200);
  });

  it('is nowhere in the database, and too old after half an hour', async () => {
    const { shopId, groupId, token } = await world();
    await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    await post(token, { intent: 'signIn', email: 'rosa@mail.example' });
    const [mail] = await mailedLinks(shopId);
    const secret = mail!.link.split('.')[1]!;
    const rows = JSON.stringify(
      [
        await prisma().affiliateSignIn.findMany({ where: { shopId } }),
        await prisma().message.findMany({ where: { shopId } }),
      ],
      (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
    );
    expect(rows).not.toContain(secret);
    await prisma().affiliateSignIn.updateMany({
      where: { shopId },
      data: { expiresAt: new Date(clock.now().getTime() - 1) },
    });
    expect((await press(mail!.link)).status).toBe(410);
  });

  it('is sent three times in a quarter of an hour, however often it is asked for', async () => {
    const { shopId, groupId, token } = await world();
    await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    await Promise.all(
      Array.from({ length: 10 }, () => post(token, { intent: 'signIn', email: 'rosa@mail.example' })),
    );
    expect(await mailedLinks(shopId)).toHaveLength(3);
  });

  it('arrives, with a way in and no way to unsubscribe', async () => {
    const { shopId, groupId, token } = await world();
    await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    await post(token, { intent: 'signIn', email: 'rosa@mail.example' });
    const [mail] = await mailedLinks(shopId);
    const sent: OutgoingMail[] = [];
    const send = (out: OutgoingMail) => {
      sent.push(out);
      return Promise.resolve({ kind: 'accepted' as const, response: 'ok' });
    };
    const steps = {
      loadCarts: () => Promise.resolve(new Map()),
      loadLoyalty: () => Promise.resolve(new Map()),
      loadReferrals: () => Promise.resolve(new Map()),
      findEnded: () => Promise.resolve(new Map()),
      checkRecipients: () => Promise.resolve([]),
      noteOutcomes: () => Promise.resolve(),
    };
    await deliver({ shopId, now: () => clock.now(), realNow: () => clock.now(), steps, send });
    expect(sent.map(({ to }) => to)).toEqual(['rosa@mail.example']);
    expect(sent[0]?.html).toContain(`/portal/enter/${mail?.link}`);
    const stored = await prisma().message.findFirstOrThrow({ where: { shopId } });
    expect([stored.status, stored.context]).toEqual(['sent', {}]); // nothing to unseal
    const rendered = await withShop(shopId, (tx) =>
      renderStoredMessage(tx, { shopId, messageId: stored.id }),
    );
    expect(JSON.stringify([stored.vars, rendered])).not.toContain(mail!.link.split('.')[1]);
    expect(rendered).toMatchObject({ subject: sent[0]?.subject, asSent: null });
    expect(rendered?.html).toContain('/portal"');
    expect(sent[0]?.headers).not.toHaveProperty('List-Unsubscribe');
    expect(mail?.link).toContain(token);
  });

  it.each(['', 'nonsense', 'v1.AAAA'])('a session made up as %j is none', async (value) => {
    const { status } = await see(
      `perennial_partner=${Buffer.from(JSON.stringify(value)).toString('base64')}`,
    );
    expect(status).toBe(401);
  });
});

describe('the portal', () => {
  it('shows what is theirs, and nothing of who bought', async () => {
    const { shopId, groupId, token } = await world();
    const { affiliateId, code } = await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    const other = await anAffiliate(shopId, groupId, { code: 'SOMEBODYELSE' });
    await arrive(shopId, {
      orders: [
        codeOrder(1n, code, { person: guest('buyer@mail.example'), name: '#777001' }),
        codeOrder(2n, other.code, { goods: '9999.00' }),
      ],
      refunds: [goodsBack(11n, 1n, '40')],
    });
    const [batchId] = await makePayout(shopId, 'a', clock.now());
    await payBatch(shopId, batchId!, 'SEPA 4711', clock.now());
    await withShop(shopId, (tx) =>
      createAsset(tx, {
        shopId,
        title: 'Banner',
        url: 'https://cdn.example/b.png',
        key: 'k',
        now: clock.now(),
      }),
    );
    const { html } = await see(await signIn(shopId, token, 'rosa@mail.example'));
    for (const shown of ['€6.00', '€60.00', 'SEPA 4711', code, 'Banner', '/a/'])
      expect(html).toContain(shown);
    for (const hidden of ['buyer@', '777001', 'SOMEBODYELSE', '999.90', '9,999'])
      expect(html).not.toContain(hidden);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ paid: 6 });
  });

  it('keeps where to be paid; ends when they sign out', async () => {
    const { shopId, groupId, token } = await world();
    await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    const cookie = await signIn(shopId, token, 'rosa@mail.example');
    const send = (fields: Record<string, string>) =>
      portalAction({
        request: new Request(`${origin}/portal`, { method: 'POST', body: form(fields), headers: { cookie } }),
        params: {},
        context: {},
      });
    expect(await (await send({ intent: 'payoutTo', payoutTo: 'paypal@rosa.example' })).text()).toContain(
      'paypal@rosa.example',
    );
    expect((await send({ intent: 'signOut' })).headers.get('set-cookie')).toContain('Max-Age=0');
  });

  it('tells who was rejected why', async () => {
    const { shopId, token } = await world();
    await post(token, { intent: 'apply', name: 'Rosa', email: 'rosa@mail.example' });
    const { id: affiliateId } = await prisma().affiliate.findFirstOrThrow({ where: { shopId } });
    const decision = { state: 'rejected', reason: 'no audience yet' } as const;
    await withShop(shopId, (tx) =>
      decideAffiliate(tx, { shopId, affiliateId, decision, staff, now: clock.now() }),
    );
    expect((await see(await signIn(shopId, token, 'rosa@mail.example'))).html).toContain('no audience yet');
  });

  it('of one shop opens nothing of another', async () => {
    const [a, b] = [await world(), await world()];
    await anAffiliate(a.shopId, a.groupId, { email: 'rosa@mail.example' });
    await anAffiliate(b.shopId, b.groupId, { email: 'rosa@mail.example' });
    await post(a.token, { intent: 'signIn', email: 'rosa@mail.example' });
    expect(await mailedLinks(b.shopId)).toEqual([]);
    const [mail] = await mailedLinks(a.shopId);
    expect((await press(mail!.link.replace(a.token, b.token))).status).toBe(410);
  });
});

describe('pages for affiliates', () => {
  const asked = (url: string, language: string, headers: Record<string, string> = {}) =>
    new Request(`${origin}${url}`, { headers: { 'accept-language': language, ...headers } });

  it('speak the reader’s language, otherwise the shop’s, and write money and days in it', async () => {
    const { shopId, groupId, token } = await world();
    const { code } = await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    const now = clock.now();
    const order = codeOrder(1n, code, { goods: '12345.00', processedAt: now, updatedAt: now });
    await arrive(shopId, { orders: [order] }, { now });
    const page = async (language: string) =>
      (await applyPage({ request: asked('/partners/x', language), params: { token }, context: {} })).text();
    expect(await page('fr-CH, de;q=0.8')).toMatch(/<html lang="fr">.*Votre nom/s);
    expect(await page('pt, de;q=0.8')).toMatch(/<html lang="de">.*Dein Name/s);
    await prisma().shop.update({ where: { id: shopId }, data: { locale: 'de' } });
    expect(await page('pt')).toContain('Dein Name');
    const refused = await applyAction({
      request: new Request(`${origin}/partners/${token}`, {
        method: 'POST',
        body: form({ intent: 'apply', name: 'Rosa', email: 'none' }),
        headers: { 'accept-language': 'fr' },
      }),
      params: { token },
      context: {},
    });
    expect(await refused.text()).toContain('Entrez votre nom');
    const cookie = await signIn(shopId, token, 'rosa@mail.example');
    const own = async (language: string) =>
      (await portal({ request: asked('/portal', language, { cookie }), params: {}, context: {} })).text();
    expect(await own('de')).toMatch(/Auszahlbar.*1\.234,50 €.*Woche für Woche.*<td[^>]*>\d\d\.\d\d\.\d{4}</s);
    expect(await own('en')).toMatch(
      /Payable.*€1,234\.50.*Week by week.*<td[^>]*>[A-Z][a-z]{2} \d{1,2}, \d{4}</s,
    );
    expect(await own('en')).toContain('<svg');
    const [gone, link] = [
      portal({ request: asked('/portal', 'fr'), params: {}, context: {} }),
      follow({ request: asked('/a/x', 'de'), params: { code: 'x' }, context: {} }),
    ];
    expect(await (await gone).text()).toContain('Ce lien ne fonctionne plus');
    expect(await (await link).text()).toContain('Diese Seite gibt es nicht');
  });
});

describe('a statement', () => {
  it('closes: opening, what happened, closing; month by month, also as a file', async () => {
    const { shopId, groupId, token } = await world();
    const { affiliateId, code } = await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    const [may, june] = [minute(60), new Date('2026-05-31T22:30:00Z')]; // in Berlin it is June
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'Europe/Berlin' } });
    await arrive(shopId, { orders: [codeOrder(1n, code), codeOrder(2n, code)] }, { now: may });
    await arrive(shopId, { refunds: [goodsBack(11n, 1n, '50')] }, { now: june });
    const [batchId] = await makePayout(shopId, 'a', june);
    await payBatch(shopId, batchId!, 'r', june);
    const of = (month: string) =>
      withShop(shopId, (tx) => getStatement(tx, { shopId, affiliateId, month, timeZone: 'Europe/Berlin' }));
    const numbers = (part: Record<string, string> | undefined) =>
      Object.fromEntries(Object.entries(part ?? {}).map(([name, value]) => [name, Number(value)]));
    expect(numbers((await of('2026-05')).parts[0] as never)).toMatchObject({
      opening: 0,
      earned: 20,
      reversed: 0,
      paid: 0,
      closing: 20,
    });
    expect(numbers((await of('2026-06')).parts[0] as never)).toMatchObject({
      opening: 20,
      earned: 0,
      reversed: -5,
      paid: -15,
      closing: 0,
    });
    const listed = await withShop(shopId, (tx) =>
      listStatements(tx, { shopId, affiliateId, timeZone: 'Europe/Berlin' }),
    );
    expect(listed.map(({ month, ...part }) => [month, numbers(part as never)])).toEqual([
      ['2026-06', numbers((await of('2026-06')).parts[0] as never)],
      ['2026-05', numbers((await of('2026-05')).parts[0] as never)],
    ]);
    const cookie = await signIn(shopId, token, 'rosa@mail.example');
    const ask = (month: string, search = '') =>
      statement({
        request: new Request(`${origin}/portal/statements/${month}${search}`, { headers: { cookie } }),
        params: { month },
        context: {},
      });
    expect(await (await ask('2026-06')).text()).toContain('€15.00');
    expect(await (await ask('2026-06', '?format=csv')).text()).toMatch(
      /^.*\r\n2026-06-01,[^,]+,-5,EUR\r\n2026-06-01,[^,]+,-15,EUR\r\n$/,
    );
    await expect(ask('2026-13')).rejects.toMatchObject({ status: 404 });
  });
});

const click = (code: string, search = '', method = 'GET', ip = '203.0.113.1') =>
  follow({
    request: new Request(`${origin}/a/${code}${search}`, { method, headers: { 'x-forwarded-for': ip } }),
    params: { code },
    context: {},
  });

describe('the link of an affiliate', () => {
  it('leads into the shop with a token that makes the order theirs', async () => {
    const { shopId, groupId } = await world();
    const { affiliateId, linkCode } = await anAffiliate(shopId, groupId);
    const address = new URL((await click(linkCode, '?to=/products/fern')).headers.get('location')!);
    expect([address.pathname, address.hostname]).toEqual([
      '/products/fern',
      expect.stringContaining('myshopify.com'),
    ]);
    const clickToken = address.searchParams.get('pnl_click')!;
    const at = new Date(clock.now().getTime() + 60_000);
    await arrive(
      shopId,
      { orders: [orderFact(1n, { clickToken, processedAt: at, updatedAt: at })] },
      { now: at },
    );
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: 10 });
  });

  it('leads nowhere else, and is not counted by previews', async () => {
    const { shopId, groupId } = await world();
    const { linkCode } = await anAffiliate(shopId, groupId);
    for (const to of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', '\\\\evil.example'])
      expect(
        new URL((await click(linkCode, `?to=${encodeURIComponent(to)}`)).headers.get('location')!).hostname,
      ).toContain('myshopify.com');
    const before = await prisma().affiliateClick.count({ where: { shopId } });
    expect((await click(linkCode, '', 'HEAD')).headers.get('location')).not.toContain('pnl_click');
    expect(await prisma().affiliateClick.count({ where: { shopId } })).toBe(before);
    expect([(await click('nonesuch00')).status, (await click('../x')).status]).toEqual([404, 404]);
  });
});

describe('clicks by a machine', () => {
  it('lead to the shop, but are not counted; others and other links are', async () => {
    const { shopId, groupId } = await world();
    const [one, other] = [await anAffiliate(shopId, groupId), await anAffiliate(shopId, groupId)];
    const clicks = () => prisma().affiliateClick.count({ where: { shopId } });
    const addresses = await Promise.all(Array.from({ length: 35 }, () => click(one.linkCode)));
    expect(addresses.map(({ status }) => status)).toEqual(addresses.map(() => 302));
    expect(await clicks()).toBe(30);
    expect((await click(one.linkCode)).headers.get('location')).not.toContain('pnl_click');
    expect((await click(one.linkCode, '', 'GET', '203.0.113.2, 10.0.0.1')).headers.get('location')).toContain(
      'pnl_click',
    );
    expect((await click(other.linkCode)).headers.get('location')).toContain('pnl_click');
    expect(await clicks()).toBe(32);
  });
});

describe('a shop that stopped', () => {
  it('takes no applications, mails nobody, counts no click and shows nobody their portal', async () => {
    const { shopId, groupId, token } = await world();
    const { linkCode } = await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    const cookie = await signIn(shopId, token, 'rosa@mail.example');
    await post(token, { intent: 'signIn', email: 'rosa@mail.example' });
    const { link } = (await mailedLinks(shopId)).at(-1)!;
    const asked = (await mailedLinks(shopId)).length;
    const now = clock.now();
    await withShop(shopId, (tx) => appUninstalled(tx, { shopId, facts: [{ occurredAt: now }], now }));
    const apply = { intent: 'apply', name: 'Ada', email: 'ada@mail.example' };
    for (const fields of [apply, { intent: 'signIn', email: 'rosa@mail.example' }])
      expect((await post(token, fields)).status).toBe(404);
    expect([(await open(token)).status, (await press(link)).status]).toEqual([404, 410]);
    expect((await click(linkCode)).headers.get('location')).not.toContain('pnl_click');
    expect((await see(cookie)).status).toBe(401);
    expect((await mailedLinks(shopId)).length).toBe(asked);
    expect(await prisma().affiliate.count({ where: { shopId } })).toBe(1);
    expect(await prisma().affiliateClick.count({ where: { shopId } })).toBe(0);
  });
});

describe('an affiliate who is to be forgotten', () => {
  it('is nobody from then on: no name, no portal, no further commission; the books stay', async () => {
    const { shopId, groupId, token } = await world();
    const email = 'rosa@mail.example';
    const { affiliateId, code } = await anAffiliate(shopId, groupId, { email });
    await withShop(shopId, (tx) => assignCode(tx, { shopId, affiliateId, code: 'SECOND', now: minute(-5) }));
    await arrive(shopId, { orders: [codeOrder(1n, code)] });
    const cookie = await signIn(shopId, token, email);
    const now = clock.now();
    const fact = {
      key: 'r',
      subject: { shopifyCustomerId: null, email, phone: null },
      orderIds: [],
      requestedAt: now,
    };
    for (const key of ['r', 's'])
      await withShop(shopId, (tx) => customerRedacted(tx, { shopId, facts: [{ ...fact, key }], now }));
    expect(await prisma().affiliate.findFirst({ where: { shopId, id: affiliateId } })).toMatchObject({
      email: null,
      name: null,
      payoutTo: null,
      state: 'paused',
    });
    expect((await see(cookie)).status).toBe(401);
    const later = new Date(now.getTime() + 60_000);
    await arrive(
      shopId,
      {
        orders: [codeOrder(2n, code, { processedAt: later, updatedAt: later })],
        refunds: [goodsBack(11n, 1n, '50')],
      },
      { now: later },
    );
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: 5 });
    const brought = { shopId, affiliateId, cursor: {}, limit: 9 };
    expect((await withShop(shopId, (tx) => listAffiliateOrders(tx, brought))).items).toHaveLength(1);
    await expect(makePayout(shopId, 'a', later)).rejects.toThrow(/nothing is payable/);
    expect(await commissionTotals()).toEqual({ drifted: 0, sum: 0, unbalanced: 0 });
  });
});
