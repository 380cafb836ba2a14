import type { Tx } from '~/platform/db/index.server';
import type { Balance } from './types';

/** A person's points now; 0 and 0 for somebody who never had any. One indexed read. */
export async function getBalance(tx: Tx, input: { shopId: number; profileId: bigint }): Promise<Balance> {
  const rows = await tx.$queryRaw<{ kind: string; balance: bigint }[]>`
    SELECT kind, balance FROM ledger_accounts WHERE shop_id = ${input.shopId} AND profile_id = ${input.profileId}`;
  const of = (kind: string): number => Number(rows.find((row) => row.kind === kind)?.balance ?? 0n);
  return { points: of('points'), pending: of('pending') };
}
