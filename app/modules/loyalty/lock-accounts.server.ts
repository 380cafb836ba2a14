import type { Tx } from '~/platform/db/index.server';
import { accountKey, type AccountKind } from './ledger-input';

export interface LockedAccounts {
  /** Balance by `accountKey`, of what existed. */
  accounts: Map<string, { id: bigint; balance: bigint }>;
  /** The shop's counter-account. It is never locked. */
  issuedId: bigint | null;
}

interface AccountRow {
  id: bigint;
  kind: AccountKind | 'issued';
  profile_id: bigint | null;
  balance: bigint | null;
}

/**
 * Locks every account of these profiles until the transaction ends, in the order of their ids, so that two batches that
 * share people wait for each other instead of deadlocking. What is read after this about their ledger stays true.
 */
export async function lockAccounts(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[] },
): Promise<LockedAccounts> {
  const rows = await tx.$queryRaw<AccountRow[]>`
    WITH locked AS MATERIALIZED (
      SELECT id, kind, profile_id, balance FROM ledger_accounts
      WHERE shop_id = ${input.shopId} AND profile_id = ANY (${input.profileIds}::bigint[])
      ORDER BY id FOR NO KEY UPDATE)
    SELECT * FROM locked
    UNION ALL
    SELECT id, kind, profile_id, balance FROM ledger_accounts
    WHERE shop_id = ${input.shopId} AND kind = 'issued' AND COALESCE(profile_id, 0) = 0`;
  const accounts: LockedAccounts['accounts'] = new Map();
  let issuedId: bigint | null = null;
  for (const { id, kind, profile_id: profileId, balance } of rows) {
    if (kind === 'issued') issuedId = id;
    else if (profileId !== null)
      accounts.set(accountKey({ profileId, account: kind }), { id, balance: balance ?? 0n });
  }
  return { accounts, issuedId };
}
