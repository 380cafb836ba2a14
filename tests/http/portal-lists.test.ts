import { describe, expect, it } from 'vitest';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { deliver } from '~/modules/messaging/index.server';
import type { OutgoingMail } from '~/platform/mail/transport.server';
import { partnerCookie } from '~/processes/partner-session.server';
import { action as ask } from '~/routes/partners.$token';
import { loader as list } from '~/routes/portal.$list';
import { loader as portal } from '~/routes/portal._index';
import { saveGroup } from '~/modules/affiliates/index.server';
import { anAffiliate, aProgramme, codeOrder, makePayout, payBatch, ruleTerms } from '../factories/affiliates';
import { minute } from '../factories/facts';
import { arrive } from '../factories/records';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const origin = 'https://perennial.test';

async function cookieOf(shopId: number, affiliateId: bigint): Promise<string> {
  return (await partnerCookie({ shopId, affiliateId }, clock.now())).split(';')[0]!;
}

async function read(
  cookie: string,
  path: string,
  language = 'en',
): Promise<{ status: number; html: string }> {
  const request = new Request(`${origin}${path}`, { headers: { cookie, 'accept-language': language } });
  const name = new URL(request.url).pathname.split('/')[2];
  const answer = name
    ? await list({ request, params: { list: name }, context: {} })
    : await portal({ request, params: {}, context: {} });
  return { status: answer.status, html: await answer.text() };
}

const linkOf = (html: string, rel: 'next' | 'prev') =>
  new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1] ?? null;

/** Net sales of the orders on a page, as they stand there. */
const salesOn = (html: string) =>
  [...html.matchAll(/<td[^>]* class="number">€(\d+)\.00<\/td><td/g)].map(([, euros]) => Number(euros));

describe('the lists of the portal', () => {
  it('show every order, page by page and back, and tell nobody which orders they are', async () => {
    const { shopId, groupId } = await aProgramme({ holdDays: 0 });
    const { affiliateId, code } = await anAffiliate(shopId, groupId);
    const orders = Array.from({ length: 120 }, (_, n) =>
      codeOrder(BigInt(777_000 + n), code, {
        goods: `${n + 1}.00`,
        processedAt: minute(n),
        updatedAt: minute(n),
      }),
    );
    await arrive(shopId, { orders }, { now: minute(200) });
    const cookie = await cookieOf(shopId, affiliateId);
    const home = (await read(cookie, '/portal')).html;
    expect(home).toMatch(/<dt>Orders<\/dt><dd>120<\/dd>/);
    expect(home).toContain('href="/portal/orders"');
    const seen: number[] = [];
    let next: string | null = '';
    const places: string[] = [];
    while (next !== null) {
      const { html } = await read(cookie, `/portal/orders${next}`);
      seen.push(...salesOn(html));
      next = linkOf(html, 'next');
      if (next !== null) places.push(next);
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, n) => 120 - n));
    const second = (await read(cookie, `/portal/orders${places[0]}`)).html;
    expect(salesOn((await read(cookie, `/portal/orders${linkOf(second, 'prev')}`)).html)).toEqual(
      seen.slice(0, 50),
    );
    for (const place of places)
      expect(
        Buffer.from(decodeURIComponent(place.slice('?after='.length)), 'base64').toString('latin1'),
      ).not.toContain('"777');
    expect(salesOn((await read(cookie, '/portal/orders?after=WyIyMDI2IiwiMSJd')).html)).toEqual(
      seen.slice(0, 50),
    );
  });

  it('show every payout, and nothing of somebody else or to nobody', async () => {
    const { shopId, groupId } = await aProgramme({ holdDays: 0 });
    const [rosa, ben] = [await anAffiliate(shopId, groupId), await anAffiliate(shopId, groupId)];
    await arrive(shopId, { orders: [codeOrder(1n, rosa.code)] });
    const batches = Array.from({ length: 60 }, (_, n) => ({
      shopId,
      createKey: `k${n}`,
      currency: 'EUR',
      total: 1,
      state: 'paid',
      reference: `SEPA-${n}-`,
      staff: 's',
      createdAt: minute(n),
      settledAt: minute(n),
    }));
    await prisma().affiliatePayoutBatch.createMany({ data: batches });
    const ids = await prisma().affiliatePayoutBatch.findMany({ where: { shopId }, select: { id: true } });
    await prisma().affiliatePayout.createMany({
      data: ids.map(({ id }) => ({ shopId, batchId: id, affiliateId: rosa.affiliateId, amount: 1 })),
    });
    const cookie = await cookieOf(shopId, rosa.affiliateId);
    const first = (await read(cookie, '/portal/payouts')).html;
    const second = (await read(cookie, `/portal/payouts${linkOf(first, 'next')}`)).html;
    const references = (html: string) => [...html.matchAll(/SEPA-(\d+)-/g)].map(([, n]) => Number(n));
    expect([...references(first), ...references(second)]).toEqual(
      Array.from({ length: 60 }, (_, n) => 59 - n),
    );
    expect(linkOf(second, 'next')).toBeNull();
    const other = await cookieOf(shopId, ben.affiliateId);
    expect((await read(other, '/portal/payouts')).html).toContain('Nothing was paid yet.');
    expect((await read(other, '/portal/orders')).html).toContain('No orders yet.');
    expect((await read('', '/portal/orders')).status).toBe(401);
    expect((await read(cookie, '/portal/nonsense')).status).toBe(404);
  });

  it('fill from real payouts too', async () => {
    const { shopId, groupId } = await aProgramme({ holdDays: 0 });
    const { affiliateId, code } = await anAffiliate(shopId, groupId);
    await arrive(shopId, { orders: [codeOrder(1n, code)] });
    const [batchId] = await makePayout(shopId, 'a', clock.now());
    const cookie = await cookieOf(shopId, affiliateId);
    expect((await read(cookie, '/portal/payouts')).html).not.toContain('€10.00'); // on its way
    await payBatch(shopId, batchId!, 'SEPA 4711', clock.now());
    expect((await read(cookie, '/portal/payouts')).html).toMatch(/SEPA 4711.*€10\.00/s);
  });
});

describe('what an affiliate earns', () => {
  it('is said in plain words, in the reader’s language, with the names of the goods', async () => {
    const { shopId, groupId } = await aProgramme({
      value: '12.25',
      scope: 'first_order',
      newCustomersOnly: true,
      rates: [
        { on: 'products', targets: ['71', '72', '999'], kind: 'percent', value: '20' },
        { on: 'collections', targets: ['81'], kind: 'flat', value: '2.50' },
        { on: 'tags', targets: ['sale'], kind: 'percent', value: '0' },
        { on: 'products', targets: ['998'], kind: 'percent', value: '1' },
      ],
    });
    const { affiliateId } = await anAffiliate(shopId, groupId);
    const told = { shopId, shopifyUpdatedAt: clock.now() };
    await prisma().product.createMany({
      data: [
        { ...told, id: 71n, title: 'Fern <b>', status: 'active' },
        { ...told, id: 72n, title: 'Moss', status: 'active' },
      ],
    });
    await prisma().collection.create({ data: { ...told, id: 81n, title: 'Summer' } });
    await prisma().affiliateProgramme.update({ where: { shopId }, data: { minimumPayout: '50' } });
    const cookie = await cookieOf(shopId, affiliateId);
    const { html } = await read(cookie, '/portal');
    for (const text of [
      '12.25% of the first order of each customer you bring',
      '20%: Fern &lt;b&gt; and Moss',
      '$2.50 per piece: everything in Summer',
      '0%: everything tagged sale',
      '1%: chosen goods',
      'Only customers who never ordered before count.',
      'Wait until it can be paid: 30 days',
      'You are paid once $50.00 are payable.',
    ])
      expect(html).toContain(text);
    expect((await read(cookie, '/portal', 'de')).html).toMatch(
      /12,25 % von der ersten Bestellung.*2,50 \$ je Stück: alles aus Summer.*30 Tage/s,
    );
    expect((await read(cookie, '/portal', 'fr')).html).toMatch(
      /12,25 % de la première commande.*2,50 \$(?:US)? par pièce.*30\sjours/s,
    );
    const terms = ruleTerms({ kind: 'flat', value: '5', scope: 'lifetime', holdDays: 0 });
    await withShop(shopId, (tx) =>
      saveGroup(tx, { shopId, groupId, name: 'P', terms, key: 'k', now: clock.now() }),
    );
    const after = (await read(cookie, '/portal')).html;
    expect(after).toContain('$5.00 for every order of the customers you bring');
    expect(after).not.toContain('Percentages');
    await prisma().affiliateSpan.updateMany({ where: { shopId, affiliateId }, data: { toAt: clock.now() } });
    await prisma().affiliate.updateMany({ where: { shopId, id: affiliateId }, data: { state: 'paused' } });
    expect((await read(cookie, '/portal')).html).not.toContain('<h2>What you earn');
  });
});

describe('the mail with the link into the portal', () => {
  it.each([
    ['fr-CA, en;q=0.5', 'fr'],
    ['pt', 'de'], // the shop's
  ])('asked for in %s comes in %s', async (language, expected) => {
    const { shopId, groupId } = await aProgramme();
    await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    await prisma().shop.update({ where: { id: shopId }, data: { locale: 'de' } });
    const { token } = await prisma().affiliateProgramme.findUniqueOrThrow({ where: { shopId } });
    const request = new Request(`${origin}/partners/${token}`, {
      method: 'POST',
      body: new URLSearchParams({ intent: 'signIn', email: 'rosa@mail.example' }),
      headers: { 'accept-language': language },
    });
    await ask({ request, params: { token }, context: {} });
    const sent: OutgoingMail[] = [];
    const send = (mail: OutgoingMail) => {
      sent.push(mail);
      return Promise.resolve({ kind: 'accepted' as const, response: 'ok' });
    };
    const none = () => Promise.resolve(new Map());
    const steps = {
      loadCarts: none,
      loadLoyalty: none,
      loadReferrals: none,
      findEnded: none,
      checkRecipients: () => Promise.resolve([]),
      noteOutcomes: () => Promise.resolve(),
    };
    await deliver({ shopId, now: () => clock.now(), realNow: () => clock.now(), steps, send });
    expect(sent[0]?.html).toContain(`lang="${expected}"`);
  });
});
