import type { Tx } from '~/platform/db/index.server';
import { tierTag, wantedStanding, type Telling } from './standing';

/** Longer than the longest a request to Shopify is tried, so that nobody else tells about a claimed customer meanwhile. */
const leaseMs = 10 * 60_000;

interface Row {
  customer_id: bigint;
  told_points: bigint | null;
  told_tier: string | null;
  told_tag: string | null;
  unsure: boolean;
  next_tag: string | null;
  strays: number;
  profile_id: bigint | null;
  points: bigint | null;
  tier: string | null;
}

export interface ClaimedTellings {
  tellings: Telling[];
  lease: Date;
}

/**
 * Claims customers that are due, and reads where they stand. A claim holds for 10 minutes: who dies with it leaves it to
 * whoever comes then. Two at once claim different ones. Points are those that can be spent; nobody we know has none.
 */
export async function claimTellings(
  tx: Tx,
  {
    shopId,
    limit,
    switches,
    now,
  }: {
    shopId: number;
    limit: number;
    switches: { shareStandings: boolean; tagTiers: boolean };
    now: Date;
  },
): Promise<ClaimedTellings> {
  const lease = new Date(now.getTime() + leaseMs);
  const rows = await tx.$queryRaw<Row[]>`
    WITH due AS MATERIALIZED (
      SELECT customer_id, unsure FROM told_standings WHERE shop_id = ${shopId} AND due_at <= ${now}
      ORDER BY due_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED),
    claimed AS (
      UPDATE told_standings t SET due_at = ${lease}, again = false, unsure = true
      FROM due
      WHERE t.shop_id = ${shopId} AND t.customer_id = ANY (ARRAY (SELECT customer_id FROM due)) AND t.customer_id = due.customer_id
      RETURNING t.customer_id, t.points AS told_points, t.tier AS told_tier, t.tag AS told_tag, due.unsure, t.next_tag, t.strays)
    SELECT claimed.*, i.profile_id, COALESCE(a.balance, 0) AS points, r.name AS tier
    FROM claimed
    LEFT JOIN profile_identities i ON i.shop_id = ${shopId} AND i.kind = 'shopify' AND i.value = claimed.customer_id::text
    LEFT JOIN ledger_accounts a ON a.shop_id = ${shopId} AND a.profile_id = i.profile_id AND a.kind = 'points'
    LEFT JOIN profile_tiers s ON s.shop_id = ${shopId} AND s.profile_id = i.profile_id
    LEFT JOIN tiers r ON r.shop_id = ${shopId} AND r.version = s.version AND r.id = s.tier_id
    ORDER BY claimed.customer_id`;
  const tierTags = rows.some(({ strays }) => strays > 0) ? await readTierTags(tx, shopId) : [];
  const tellings = rows.map((row) => ({
    customerId: row.customer_id,
    unsure: row.unsure,
    nextTag: row.next_tag,
    strays: row.strays,
    tierTags,
    told: {
      points: row.told_points === null ? null : Number(row.told_points),
      tier: row.told_tier,
      tag: row.told_tag,
    },
    wanted: wantedStanding(
      { points: row.profile_id === null ? null : Number(row.points), tier: row.tier },
      switches,
    ),
  }));
  await announceTags(tx, shopId, tellings);
  return { tellings, lease };
}

/** Of every tier the shop ever had, by every name. */
async function readTierTags(tx: Tx, shopId: number): Promise<string[]> {
  const tiers = await tx.tier.findMany({ where: { shopId }, distinct: ['name'], select: { name: true } });
  return tiers.map(({ name }) => tierTag(name));
}

/** Who comes after a crash must know which tag may have been given. */
async function announceTags(tx: Tx, shopId: number, tellings: Telling[]): Promise<void> {
  const rows = tellings
    .filter(({ told, wanted, nextTag }) => wanted.tag !== told.tag && wanted.tag !== nextTag)
    .map(({ customerId, wanted }) => ({ customer_id: String(customerId), tag: wanted.tag }));
  if (rows.length === 0) return;
  const ids = rows.map((row) => BigInt(row.customer_id));
  await tx.$executeRaw`
    UPDATE told_standings t SET next_tag = r.tag
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(customer_id bigint, tag text)
    WHERE t.shop_id = ${shopId} AND t.customer_id = ANY (${ids}::bigint[]) AND t.customer_id = r.customer_id`;
}
