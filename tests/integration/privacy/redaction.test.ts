import { beforeEach, describe, expect, it } from 'vitest';
import {
  adjustPoints,
  applyEarnEvents,
  createPointBatch,
  updateBirthday,
} from '~/modules/loyalty/index.server';
import { sweepPrivacy } from '~/modules/privacy/index.server';
import { shopTables } from '~/modules/privacy/shop-tables';
import type { CustomerRedactFact } from '~/modules/privacy/types';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { customerRedacted } from '~/processes/customer-redacted.server';
import { dataRequested } from '~/processes/data-requested.server';
import { createDeliveries } from '../../factories/deliveries';
import { anEarnAction } from '../../factories/earning';
import {
  checkoutFact,
  customerFact,
  guest,
  minute,
  orderFact,
  person,
  refundFact,
} from '../../factories/facts';
import { ledgerTotals } from '../../factories/loyalty';
import { aClaimOf } from '../../factories/referrals';
import { aReleasedRedemption } from '../../factories/rewards';
import { findEverywhere, personalColumns, plantCanaries } from '../../factories/privacy';
import { anErasableAffiliate } from '../../factories/affiliates';
import { arrive, createShop } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const canary = 'zq7canary';
const email = `${canary}@mail.example`;
const phone = '+4915199887766';
const customerId = 987_654_321_012n;
const orderId = 5_550_001_112_223n;
const later = minute(60 * 24 * 3);

function redaction(
  overrides: Partial<CustomerRedactFact['subject']> = {},
  orderIds: bigint[] = [],
): CustomerRedactFact {
  return {
    key: `redact-${Math.random()}`,
    subject: { shopifyCustomerId: customerId, email, phone, ...overrides },
    orderIds,
    requestedAt: later,
  };
}

const redact = (shopId: number, ...facts: CustomerRedactFact[]): Promise<void> =>
  withShop(shopId, (tx) => customerRedacted(tx, { shopId, facts, now: later }));

const me = person({ shopifyCustomerId: customerId, email, phone, firstName: canary, lastName: canary });

/** A person about whom something is held in every table. Returns the profile. */
async function aKnownPerson(shopId: number): Promise<bigint> {
  await arrive(shopId, {
    customers: [
      customerFact(customerId, {
        email,
        phone,
        firstName: canary,
        lastName: canary,
        city: canary,
        tags: [canary],
      }),
    ],
    consents: [
      {
        shopifyCustomerId: customerId,
        email,
        state: 'subscribed',
        level: null,
        source: 'shopify',
        occurredAt: minute(1),
        key: `${email}:1`,
      },
    ],
    checkouts: [
      checkoutFact(`open-${shopId}`, { person: me }),
      checkoutFact(`bought-${shopId}`, { person: me }),
    ],
    orders: [
      orderFact(orderId, { person: me, email, phone, checkoutToken: `bought-${shopId}`, tags: [canary] }),
    ],
  });
  const { id } = await prisma().profile.findFirstOrThrow({
    where: { shopId, shopifyCustomerId: customerId },
  });
  await withShop(shopId, (tx) =>
    adjustPoints(tx, {
      shopId,
      profileId: id,
      points: 7,
      reason: `${canary} called us`,
      staff: 'staff:1',
      key: 'k',
      now: minute(2),
    }),
  );
  await aReleasedRedemption(shopId, id, `reward-${shopId}`);
  await anEarnAction(shopId);
  const happening = { profileId: id, code: 'review', key: canary, occurredAt: minute(2) };
  await withShop(shopId, (tx) => applyEarnEvents(tx, { shopId, happenings: [happening], now: minute(2) }));
  await withShop(shopId, (tx) =>
    updateBirthday(tx, { shopId, profileId: id, birthday: { month: 5, day: 1 }, now: minute(2) }),
  );
  await aClaimOf(shopId, id);
  const at = minute(3);
  const own = { shopId, profileId: id };
  await prisma().message.create({
    data: {
      ...own,
      token: `t-${shopId}`,
      dedupeKey: 'run:1',
      kind: 'marketing',
      templateKey: 'win_back',
      locale: 'en',
      status: 'queued',
      createdAt: at,
    },
  });
  await prisma().sendDecision.create({
    data: { ...own, flowKey: 'win_back', nodeKey: 'mail', outcome: 'send', reason: 'ok', decidedAt: at },
  });
  await prisma().flowRun.create({
    data: {
      ...own,
      flowKey: 'win_back',
      version: 1,
      runKey: 'r1',
      state: 'waiting',
      nodeKey: 'wait',
      dueAt: at,
      enteredAt: at,
      nodeSince: at,
    },
  });
  await anErasableAffiliate(shopId, email);
  await prisma().consentPush.create({ data: { ...own, state: 'unsubscribed', occurredAt: at } });
  const line = { line: 1, who: email, points: 5, reason: null, problem: null };
  await withShop(shopId, (tx) =>
    createPointBatch(tx, {
      shopId,
      source: { kind: 'file', name: 'points.csv', lines: [line, { ...line, line: 2 }] },
      reason: 'Sorry',
      staff: 'staff:1',
      key: 'b',
      now: at,
    }),
  );
  await pool().query(
    `INSERT INTO profile_repoints (shop_id, kind, from_profile_id, into_profile_id) VALUES ($1, 'merge', 0, $2)`,
    [shopId, id],
  );
  const request = {
    key: 'd1',
    subject: { shopifyCustomerId: customerId, email, phone },
    orderIds: [],
    requestedAt: at,
  };
  await withShop(shopId, (tx) => dataRequested(tx, { shopId, facts: [request], now: at }));
  return id;
}

async function deliveriesAbout(shopId: number): Promise<void> {
  const { domain } = await prisma().shop.findUniqueOrThrow({ where: { id: shopId } });
  const customer = { id: Number(customerId), email, first_name: canary, phone };
  const ids = await createDeliveries([
    {
      shopDomain: domain,
      topic: 'customers/update',
      payload: { ...customer, note: canary, default_address: { address1: canary } },
    },
    {
      shopDomain: domain,
      topic: 'orders/create',
      payload: {
        id: Number(orderId),
        customer,
        shipping_address: { name: canary, latitude: 45.41 },
        line_items: [],
      },
    },
    {
      shopDomain: domain,
      topic: 'fulfillments/create',
      payload: { id: 1, order_id: Number(orderId), destination: { name: canary } },
    },
    {
      shopDomain: domain,
      topic: 'checkouts/create',
      payload: { token: 'x', phone, email: null, note: canary },
    },
    { shopDomain: domain, topic: 'customers/redact', payload: { customer } },
    {
      shopDomain: domain,
      topic: 'orders/create',
      payload: `{"id":1,"customer":{"id":${customerId}},"note":"${canary}"`,
    },
  ]);
  await pool().query(`UPDATE inbox_events SET status = 'done', error = $2 WHERE id = ANY ($1)`, [
    ids.slice(0, 4),
    canary,
  ]);
  await pool().query(`UPDATE inbox_events SET status = 'dead', error = $2 WHERE id = $1`, [ids[5], canary]);
}

describe('forgetting a person', () => {
  let shopId: number;
  let profileId: bigint;

  beforeEach(async () => {
    await pool().query(`TRUNCATE ${[...shopTables, 'inbox_events'].join(', ')}`); // what earlier tests left
    shopId = await createShop();
    profileId = await aKnownPerson(shopId);
  });

  it('finds their address in what the merchant uploaded, though nobody was known by it', async () => {
    const who = 'stranger@mail.example';
    const lines = [who, 'another@mail.example'].map((address, index) => ({
      line: index + 1,
      who: address,
      points: 5,
      reason: null,
      problem: null,
    }));
    const input = { shopId, reason: 'Sorry', staff: 'staff:1', key: 'stranger', now: later };
    await withShop(shopId, (tx) =>
      createPointBatch(tx, { ...input, source: { kind: 'file', name: 'points.csv', lines } }),
    );
    await redact(shopId, redaction({ shopifyCustomerId: null, email: who, phone: null }));
    const rows = await prisma().pointBatchLine.findMany({
      where: { shopId, problem: 'unknown' },
      orderBy: { line: 'asc' },
    });
    expect(rows.map((row) => row.who)).toEqual([null, 'another@mail.example']);
  });

  it('leaves nothing of them anywhere: not in a table, not in a delivery, not in an export, not in the queue', async () => {
    const planted = await plantCanaries(shopId, profileId, canary);
    expect(planted.sort()).toEqual((await personalColumns()).map(({ name }) => name).sort());
    await deliveriesAbout(shopId);
    expect((await findEverywhere(canary)).length).toBeGreaterThan(15);
    const entries = await prisma().ledgerPosting.findMany({ where: { shopId } });

    await redact(shopId, redaction({}, [orderId]));

    expect(await findEverywhere(canary)).toEqual([]);
    expect(await findEverywhere(phone)).toEqual([]);
    expect(await findEverywhere(String(customerId))).toEqual(['inbox_events']); // the broken delivery keeps its number
    expect(await prisma().ledgerPosting.findMany({ where: { shopId } })).toEqual(entries);
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  }, 60_000);

  it('keeps the money of orders and the points, without a name', async () => {
    const before = await prisma().order.findFirstOrThrow({ where: { shopId } });
    await redact(shopId, redaction());
    const after = await prisma().order.findFirstOrThrow({ where: { shopId } });
    expect(after).toMatchObject({
      total: before.total,
      netRevenue: before.netRevenue,
      profileId,
      email: null,
      phone: null,
      shopifyCustomerId: null,
    });
    const accounts = await prisma().ledgerAccount.findMany({ where: { shopId, profileId } });
    expect(accounts.map(({ balance }) => balance)).toEqual([157n]);
  });

  it('stops what was under way, and nobody mails the address again', async () => {
    await redact(shopId, redaction());
    expect(await prisma().message.findFirst({ where: { shopId } })).toMatchObject({
      status: 'withheld',
      toAddress: null,
    });
    expect(await prisma().flowRun.findFirst({ where: { shopId } })).toMatchObject({
      state: 'exited',
      exitReason: 'redacted',
      dueAt: null,
    });
    expect(await prisma().suppression.findMany({ where: { shopId } })).toMatchObject([
      { reason: 'redacted' },
    ]);
  });

  it('is not undone by what arrives late, and told again changes nothing', async () => {
    await redact(shopId, redaction());
    const people = await prisma().profile.count({ where: { shopId } });
    await arrive(shopId, {
      customers: [customerFact(customerId, { email, firstName: canary, updatedAt: minute(9_999) })],
      checkouts: [checkoutFact('late', { person: guest(email) })],
      orders: [
        orderFact(orderId, { person: me, email, phone, tags: [canary], updatedAt: minute(9_999) }),
        orderFact(orderId + 1n, {
          person: guest(email, { seenAt: minute(9_999) }),
          email,
          updatedAt: minute(9_999),
        }),
      ],
      refunds: [
        refundFact(1n, orderId, {
          lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '50.00', tax: '0' }],
        }),
      ],
    });
    await redact(shopId, redaction(), redaction({ shopifyCustomerId: null, phone: null }));
    expect(await findEverywhere(canary)).toEqual([]);
    expect(await prisma().profile.count({ where: { shopId } })).toBe(people);
    // The refund still takes back what the order had earned.
    const [account] = await prisma().ledgerAccount.findMany({ where: { shopId, profileId } });
    expect(account?.balance).toBe(107n);
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  });

  it('finds a delivery that was being written while it looked, and has a number before those it saw', async () => {
    const shopId = await createShop();
    const { domain: shopDomain } = await prisma().shop.findUniqueOrThrow({ where: { id: shopId } });
    const deliver = (id: string) =>
      `INSERT INTO inbox_events (shop_domain, webhook_id, topic, api_version, received_at, body, next_attempt_at)
       VALUES ('${shopDomain}', '${id}', 'customers/update', '2026-07', '${later.toISOString()}', '{"email": "${email}"}', '2026-05-01')`;
    const slow = await pool().connect();
    await slow.query('BEGIN');
    await slow.query(deliver('first'));
    await pool().query(deliver('second'));
    await redact(shopId, redaction());
    await slow.query('COMMIT');
    slow.release();
    await withShop(shopId, (tx) => sweepPrivacy(tx, { shopId, now: later }));
    const rows = await prisma().inboxEvent.findMany({ where: { shopDomain }, orderBy: { id: 'asc' } });
    expect(rows.map(({ webhookId, body }) => [webhookId, body.includes(email)])).toEqual([
      ['first', false],
      ['second', false],
    ]);
  });

  it('finds deliveries that come after it, too', async () => {
    await redact(shopId, redaction());
    await deliveriesAbout(shopId);
    await pool().query(`UPDATE inbox_events SET status = 'done' WHERE topic <> 'checkouts/create'`);
    await pool().query(`DELETE FROM inbox_events WHERE topic = 'checkouts/create'`); // names a number only
    expect(await findEverywhere(canary)).toEqual(['inbox_events']);
    await withShop(shopId, (tx) => sweepPrivacy(tx, { shopId, now: later }));
    expect(await findEverywhere(canary)).toEqual([]);
  });

  it('by an address alone is enough; by a number alone, too', async () => {
    await redact(shopId, redaction({ shopifyCustomerId: null, phone: null }));
    expect(await findEverywhere(canary)).toEqual([]);
    const other = await createShop();
    await aKnownPerson(other);
    await redact(other, redaction({ shopifyCustomerId: null, email: null }));
    expect(await findEverywhere(canary)).toEqual([]);
  });

  it('leaves everybody else as they were, here and in other shops', async () => {
    const other = await createShop();
    await aKnownPerson(other);
    await arrive(shopId, {
      customers: [customerFact(1n)],
      orders: [orderFact(1n, { person: person({ shopifyCustomerId: 1n }) })],
    });
    await redact(shopId, redaction());
    expect(await prisma().profile.findFirst({ where: { shopId, shopifyCustomerId: 1n } })).toMatchObject({
      email: 'customer1@example.com',
    });
    expect(await prisma().profile.findFirst({ where: { shopId: other } })).toMatchObject({
      email,
      firstName: canary,
    });
    expect(await prisma().order.findFirst({ where: { shopId, id: 1n } })).toMatchObject({
      shopifyCustomerId: 1n,
    });
  });

  it('leaves an address to whoever has it now', async () => {
    await arrive(shopId, { customers: [customerFact(5n, { email: 'moved@mail.example' })] });
    await redact(shopId, redaction({ email: 'moved@mail.example' }));
    expect(await findEverywhere(canary)).toEqual([]);
    expect(await prisma().profile.findFirst({ where: { shopId, shopifyCustomerId: 5n } })).toMatchObject({
      email: 'moved@mail.example',
    });
    const { keyedHash } = await import('~/platform/crypto.server');
    const suppressed = await prisma().suppression.findMany({ where: { shopId } });
    expect(suppressed.map(({ addressHash }) => addressHash)).toEqual([keyedHash(email)]);
  });

  it('whom we never knew is kept from becoming known', async () => {
    const empty = await createShop();
    await redact(empty, redaction(), redaction());
    await redact(empty, redaction());
    await arrive(empty, { customers: [customerFact(customerId, { email })] });
    expect(await prisma().profile.findMany({ where: { shopId: empty } })).toMatchObject([
      { email: null, shopifyCustomerId: null },
    ]);
  });

  it('without a word about whom is nobody', async () => {
    await redact(shopId, redaction({ shopifyCustomerId: null, email: null, phone: null }));
    expect(await prisma().profile.findFirst({ where: { shopId } })).toMatchObject({ firstName: canary });
  });

  it('ten times at once ends the same', async () => {
    await Promise.all(Array.from({ length: 10 }, () => redact(shopId, redaction())));
    expect(await findEverywhere(canary)).toEqual([]);
    expect(
      await prisma().privacyRequest.count({ where: { shopId, kind: 'customer_redact', status: 'done' } }),
    ).toBe(10);
  });
});
