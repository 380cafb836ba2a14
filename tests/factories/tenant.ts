import { drainInbox } from '~/ingest/drain.server';
import { suppress } from '~/modules/consent/index.server';
import { ensureFlows, advanceFlows, setFlowEnabled } from '~/modules/flows/index.server';
import { createPointBatch, ensureEarnRule, updateTierProgramme } from '~/modules/loyalty/index.server';
import type { TierDraft } from '~/modules/loyalty/types';
import { sendTest } from '~/modules/messaging/index.server';
import { activateShop, ensureShop, updateSettings } from '~/modules/shops/index.server';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { consentDecided } from '~/processes/consent-decided.server';
import { aClaimOf } from './referrals';
import { aFilledProgramme } from './affiliates';
import { aReleasedRedemption } from './rewards';
import { createDeliveries, type DeliveryInput } from './deliveries';
import { checkoutPayload } from './payloads/checkout';
import { consentPayload, customerPayload, tagsPayload } from './payloads/customer';
import { fulfillmentPayload, orderPayload, refundPayload } from './payloads/order';
import { productPayload } from './payloads/product';

export interface Tenant {
  shopId: number;
  domain: string;
  /** In every text a person or the merchant could have written: where it shows, the shop's data shows. */
  mark: string;
  profileId: bigint;
  messageId: bigint;
  privacyRequestId: bigint;
  deadDeliveryId: bigint;
  /** Dearer than anybody can pay. */
  rewardId: bigint;
  redemptionId: bigint; // that came to nothing
  batchId: bigint; // of points, not started
  referralId: bigint;
  affiliateId: bigint;
  affiliateGroupId: number;
  payoutBatchId: bigint;
  programmeToken: string;
}

const installedAt = new Date('2026-04-01T00:00:00Z');
const now = new Date('2026-05-03T12:00:00Z');

/**
 * A shop in the middle of its life, with something in every table. Shopify's ids are the same in every shop made here: what
 * mixes shops up by them is found out.
 */
export async function aTenant(name: string): Promise<Tenant> {
  const [domain, mark] = [`${name}.myshopify.com`, `${name}-only`];
  const { id: shopId } = await ensureShop(prisma(), { domain, now: installedAt });
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now: installedAt });
    await updateTierProgramme(tx, { shopId, draft: tiersNamed(mark), now: installedAt });
    await ensureFlows(tx, { shopId, now: installedAt });
    await setFlowEnabled(tx, { shopId, key: 'first_order_thank_you', enabled: true, now: installedAt });
    await updateSettings(tx, { shopId, changes: { senderName: mark }, now: installedAt });
    await activateShop(tx, { shopId, now: installedAt });
  });
  await createDeliveries(story(mark).map((delivery) => ({ ...delivery, shopDomain: domain })));
  await drainInbox(domain);
  await advanceFlows(shopId);
  const { id: profileId } = await prisma().profile.findFirstOrThrow({ where: { shopId, firstName: mark } });
  await withShop(shopId, async (tx) => {
    const change = { shopId, profileId, staff: 'staff:1', key: 'x', now };
    await consentDecided(tx, { ...change, state: 'unsubscribed' });
    await suppress(tx, { shopId, emails: [`gone@${name}.example`], reason: 'hard_bounce', now });
    await sendTest(tx, { shopId, templateKey: 'win_back', locale: 'en', to: `test@${name}.example`, now });
  });
  const rewards = await aReleasedRedemption(shopId, profileId, mark);
  const lines = [{ line: 1, who: `anna@${mark}.example`, points: 5, reason: mark, problem: null }];
  const { batchId } = await withShop(shopId, (tx) =>
    createPointBatch(tx, {
      shopId,
      source: { kind: 'file', name: mark, lines },
      reason: mark,
      staff: 'staff:1',
      key: 'x',
      now,
    }),
  );
  const referralId = await aClaimOf(shopId, profileId, mark);
  const affiliates = await aFilledProgramme(shopId, mark);
  await fillEmptyTables(shopId, mark);
  const own = { batchId, ...rewards, ...affiliates, ...(await idsOf(shopId, domain)) };
  return { shopId, domain, mark, profileId, referralId, ...own };
}

function tiersNamed(name: string): TierDraft {
  const tier = { id: null, name, threshold: '1', multiplier: '1', entryPoints: 0 };
  return { enabled: true, basis: 'net_spend', span: 'lifetime', graceDays: 0, tiers: [tier] };
}

function story(mark: string): DeliveryInput[] {
  const email = `anna@${mark}.example`;
  return [
    { topic: 'products/create', payload: productPayload({ title: mark }) },
    { topic: 'customers/create', payload: customerPayload({ email, firstName: mark }) },
    { topic: 'customers_email_marketing_consent/update', payload: consentPayload({ email }) },
    { topic: 'customer.tags_added', payload: tagsPayload({ tags: [mark] }) },
    { topic: 'checkouts/create', payload: checkoutPayload({ token: `${mark}-checkout`, email }) },
    {
      topic: 'orders/create',
      payload: orderPayload({
        email,
        overrides: {
          name: `#${mark}`,
          discount_codes: [{ code: mark, amount: '5.00', type: 'fixed_amount' }],
        },
      }),
    },
    { topic: 'refunds/create', payload: refundPayload({ id: '801', orderId: '5001', subtotal: '10.00' }) },
    { topic: 'fulfillments/create', payload: fulfillmentPayload({ id: '901', orderId: '5001' }) },
    { topic: 'orders/delete', payload: { id: 5_002 } },
    {
      topic: 'customers/data_request',
      payload: { customer: { id: 7001, email }, orders_requested: [5001], data_request: { id: 1 } },
    },
    { topic: 'orders/create', payload: `{"broken": "${mark}"` },
  ];
}

async function idsOf(
  shopId: number,
  domain: string,
): Promise<Pick<Tenant, 'messageId' | 'privacyRequestId' | 'deadDeliveryId'>> {
  const message = await prisma().message.findFirstOrThrow({ where: { shopId } });
  const request = await prisma().privacyRequest.findFirstOrThrow({ where: { shopId, kind: 'data_request' } });
  const dead = await prisma().inboxEvent.findFirstOrThrow({ where: { shopDomain: domain, status: 'dead' } });
  return { messageId: message.id, privacyRequestId: request.id, deadDeliveryId: dead.id };
}

/** Every table that belongs to shops, by the column that says which. */
export async function tenantTables(): Promise<{ table: string; owner: string }[]> {
  const { rows } = await pool().query<{ table: string }>(
    `SELECT table_name AS "table" FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'shop_id' ORDER BY 1`,
  );
  return rows.map(({ table }) => ({ table, owner: 'shop_id' }));
}

const words: Record<string, string> = {
  status: 'done',
  state: 'done',
  kind: 'points',
  mode: 'age',
  trigger: 'custom',
  cap_period: 'ever',
  scope: 'all',
};

/** A row in each table the story left empty, made up by the types of its columns. Foreign keys are not looked at. */
async function fillEmptyTables(shopId: number, mark: string): Promise<void> {
  const client = await pool().connect();
  try {
    await client.query(`SET session_replication_role = replica`);
    for (const { table } of await tenantTables()) {
      const { rowCount } = await client.query(`SELECT 1 FROM ${table} WHERE shop_id = $1 LIMIT 1`, [shopId]);
      if (rowCount) continue;
      const { rows } = await client.query<{ name: string; type: string }>(
        `SELECT column_name AS name, udt_name AS type FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = $1 AND is_nullable = 'NO' AND column_default IS NULL
           AND is_generated = 'NEVER' AND column_name <> 'shop_id'`,
        [table],
      );
      const values = rows.map(({ name, type }) => madeUp(type, words[name] ?? mark));
      const names = ['shop_id', ...rows.map(({ name }) => `"${name}"`)];
      const places = names.map((_, index) => `$${index + 1}`);
      await client.query(`INSERT INTO ${table} (${names.join()}) VALUES (${places.join()})`, [
        shopId,
        ...values,
      ]);
    }
  } finally {
    await client.query(`SET session_replication_role = DEFAULT`);
    client.release();
  }
}

function madeUp(type: string, text: string): unknown {
  if (type === 'text') return text;
  if (type === 'jsonb') return '{}';
  if (type === 'timestamptz' || type === 'date') return now;
  if (type === 'bool') return false;
  return type.startsWith('_') ? [] : 1;
}
