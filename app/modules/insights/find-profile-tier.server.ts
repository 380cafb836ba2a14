import type { Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { isoOrNull } from './iso';
import type { ProfileTierView } from './types';

interface Row {
  basis: string;
  currency: string;
  figure: Decimal | null;
  name: string | null;
  multiplier: Decimal | null;
  since: Date | null;
  until: Date | null;
  in_grace: boolean | null;
  next_name: string | null;
  next_threshold: Decimal | null;
}

/** Where a person stands in the shop's tiers; null when the shop has none, or they are off. One query. */
export async function findProfileTier(
  tx: Tx,
  input: { shopId: number; profileId: bigint },
): Promise<ProfileTierView | null> {
  const { shopId, profileId } = input;
  const [row] = await tx.$queryRaw<Row[]>`
    WITH programme AS (
      SELECT version, basis, enabled FROM tier_programmes WHERE shop_id = ${shopId} ORDER BY version DESC LIMIT 1)
    SELECT g.basis, s.currency, p.figure, t.name, t.multiplier, p.since, p.until, p.in_grace,
           n.name AS next_name, n.threshold AS next_threshold
    FROM programme g JOIN shops s ON s.id = ${shopId}
    LEFT JOIN profile_tiers p ON p.shop_id = ${shopId} AND p.profile_id = ${profileId}
    LEFT JOIN tiers t ON t.shop_id = ${shopId} AND t.version = p.version AND t.id = p.tier_id
    LEFT JOIN LATERAL (
      SELECT name, threshold FROM tiers n
      WHERE n.shop_id = ${shopId} AND n.version = g.version AND n.threshold > coalesce(t.threshold, 0)
      ORDER BY n.threshold LIMIT 1) n ON true
    WHERE g.enabled`;
  if (!row) return null;
  return {
    basis: row.basis,
    currency: row.currency,
    figure: (row.figure ?? 0).toString(),
    name: row.name,
    multiplier: row.multiplier?.toString() ?? null,
    since: isoOrNull(row.since),
    until: isoOrNull(row.until),
    inGrace: row.in_grace ?? false,
    next:
      row.next_name === null || row.next_threshold === null
        ? null
        : { name: row.next_name, threshold: row.next_threshold.toString() },
  };
}
