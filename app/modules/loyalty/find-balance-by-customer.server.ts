import type { Tx } from '~/platform/db/index.server';
import { Decimal, decimal } from '~/platform/money';
import type { Balance } from './types';

/**
 * The points of a Shopify customer and how often those of an order placed now count, for the checkout; null for somebody
 * unknown. One statement along indexes: the identity leads to the profile, also after a merge, and the profile to its
 * accounts and its tier.
 */
export async function findBalanceByCustomer(
  tx: Tx,
  input: { shopId: number; shopifyCustomerId: bigint },
): Promise<(Balance & { multiplier: Decimal }) | null> {
  const rows = await tx.$queryRaw<
    { kind: string | null; balance: bigint | null; multiplier: Decimal | null }[]
  >`
    SELECT a.kind, a.balance, t.multiplier
    FROM profile_identities i
    LEFT JOIN ledger_accounts a ON a.shop_id = i.shop_id AND a.profile_id = i.profile_id
    LEFT JOIN profile_tiers p ON p.shop_id = i.shop_id AND p.profile_id = i.profile_id
    LEFT JOIN tiers t ON t.shop_id = i.shop_id AND t.version = p.version AND t.id = p.tier_id
    WHERE i.shop_id = ${input.shopId} AND i.kind = 'shopify' AND i.value = ${String(input.shopifyCustomerId)}`;
  if (rows.length === 0) return null;
  const of = (kind: string): number => Number(rows.find((row) => row.kind === kind)?.balance ?? 0n);
  const multiplier = decimal(rows[0]?.multiplier ?? new Decimal(1));
  return { points: of('points'), pending: of('pending'), multiplier };
}
