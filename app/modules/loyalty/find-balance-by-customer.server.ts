import type { Tx } from '~/platform/db/index.server';
import type { Balance } from './types';

/**
 * The points of a Shopify customer, for the checkout; null for somebody unknown. One statement along two indexes: the
 * identity leads to the profile, also after a merge, and the profile to its accounts.
 */
export async function findBalanceByCustomer(
  tx: Tx,
  input: { shopId: number; shopifyCustomerId: bigint },
): Promise<Balance | null> {
  const rows = await tx.$queryRaw<{ kind: string | null; balance: bigint | null }[]>`
    SELECT a.kind, a.balance
    FROM profile_identities i
    LEFT JOIN ledger_accounts a ON a.shop_id = i.shop_id AND a.profile_id = i.profile_id
    WHERE i.shop_id = ${input.shopId} AND i.kind = 'shopify' AND i.value = ${String(input.shopifyCustomerId)}`;
  if (rows.length === 0) return null;
  const of = (kind: string): number => Number(rows.find((row) => row.kind === kind)?.balance ?? 0n);
  return { points: of('points'), pending: of('pending') };
}
