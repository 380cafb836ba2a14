import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { Decimal, decimal } from '~/platform/money';
import type { ShopperCode, Standing } from './shopper-view';
import type { Balance } from './types';

export interface Shopper extends Balance {
  profileId: bigint;
  multiplier: Decimal; // of the points of an order placed now
  standing: Standing;
  codes: ShopperCode[]; // not used, not expired; newest first
  had: Map<string, number>; // how often each reward was chosen
}

interface Row {
  profile_id: bigint;
  points: bigint | null;
  pending: bigint | null;
  multiplier: Decimal | null;
  tier_id: number | null;
  figure: Decimal | null;
  until: Date | null;
  codes: unknown;
  had: unknown;
}

const maxCodes = 10;
const codesSchema = z
  .array(
    z.object({
      code: z.string(),
      kind: z.string(),
      title: z.string(),
      minimum: z.string().nullable(),
      startsAt: z.number().nullable(),
      expiresAt: z.number().nullable(),
    }),
  )
  .nullable();
const hadSchema = z.record(z.string(), z.number()).nullable();

/**
 * A Shopify customer as the checkout sees them: points, tier, unused codes; null for somebody unknown. One statement along
 * indexes: the identity leads to the profile, also after a merge, and the profile to its accounts, tier and redemptions.
 */
export async function findShopper(
  tx: Tx,
  { shopId, shopifyCustomerId, now }: { shopId: number; shopifyCustomerId: bigint; now: Date },
): Promise<Shopper | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT i.profile_id, a.points, a.pending, t.multiplier, t.id AS tier_id, p.figure, p.until, c.codes, h.had
    FROM profile_identities i
    LEFT JOIN LATERAL (
      SELECT max(balance) FILTER (WHERE kind = 'points') AS points, max(balance) FILTER (WHERE kind = 'pending') AS pending
      FROM ledger_accounts WHERE shop_id = ${shopId} AND profile_id = i.profile_id) a ON true
    LEFT JOIN profile_tiers p ON p.shop_id = i.shop_id AND p.profile_id = i.profile_id
    LEFT JOIN tiers t ON t.shop_id = i.shop_id AND t.version = p.version AND t.id = p.tier_id
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('code', code, 'kind', terms->>'kind', 'title', terms->>'title', 'minimum', terms->>'minimumSubtotal',
        'startsAt', CASE WHEN starts_at > ${now} THEN floor(extract(epoch FROM starts_at) * 1000) END,
        'expiresAt', floor(extract(epoch FROM expires_at) * 1000)) ORDER BY id DESC) AS codes
      FROM (
        SELECT id, code, terms, starts_at, expires_at FROM redemptions
        WHERE shop_id = ${shopId} AND profile_id = i.profile_id AND state = 'confirmed' AND cancel_requested_at IS NULL
          AND terms->>'kind' <> 'store_credit'
          AND (expires_at IS NULL OR expires_at > ${now})
        ORDER BY id DESC LIMIT ${maxCodes}) newest) c ON true
    LEFT JOIN LATERAL (
      SELECT jsonb_object_agg(reward_id, times) AS had FROM (
        SELECT reward_id, count(*) AS times FROM redemptions
        WHERE shop_id = ${shopId} AND profile_id = i.profile_id AND points > 0 AND state IN ('reserved', 'confirmed', 'used', 'unknown')
        GROUP BY reward_id) counted) h ON true
    WHERE i.shop_id = ${shopId} AND i.kind = 'shopify' AND i.value = ${String(shopifyCustomerId)}`;
  if (!row) return null;
  return {
    profileId: row.profile_id,
    points: Number(row.points ?? 0n),
    pending: Number(row.pending ?? 0n),
    multiplier: decimal(row.multiplier ?? new Decimal(1)),
    standing: { tierId: row.tier_id, figure: row.figure && decimal(row.figure), until: row.until },
    codes: (codesSchema.parse(row.codes) ?? []).map(({ startsAt, expiresAt, ...code }) => ({
      ...code,
      startsAt: startsAt === null ? null : new Date(startsAt).toISOString(),
      expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    })),
    had: new Map(Object.entries(hadSchema.parse(row.had) ?? {})),
  };
}
