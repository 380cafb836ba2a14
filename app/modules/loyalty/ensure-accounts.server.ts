import type { Tx } from '~/platform/db/index.server';
import { accountKey, type AccountKind } from './ledger-input';
import { lockAccounts, type LockedAccounts } from './lock-accounts.server';

export interface WantedAccount {
  profileId: bigint;
  account: AccountKind;
}

/** Locks these accounts, creating the ones that are missing (and the shop's counter-account). */
export async function ensureAccounts(
  tx: Tx,
  input: { shopId: number; wanted: WantedAccount[] },
): Promise<LockedAccounts & { issuedId: bigint }> {
  const profileIds = [...new Set(input.wanted.map((wanted) => wanted.profileId))];
  let locked = await lockAccounts(tx, { shopId: input.shopId, profileIds });
  const missing = input.wanted.filter((wanted) => !locked.accounts.has(accountKey(wanted)));
  if (missing.length > 0 || locked.issuedId === null) {
    await createAccounts(tx, input.shopId, missing);
    locked = await lockAccounts(tx, { shopId: input.shopId, profileIds });
  }
  const { accounts, issuedId } = locked;
  if (issuedId === null) throw new Error(`the counter-account of shop ${input.shopId} is missing`);
  return { accounts, issuedId };
}

async function createAccounts(tx: Tx, shopId: number, missing: WantedAccount[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO ledger_accounts (shop_id, kind, profile_id, balance)
    SELECT ${shopId}::int, 'issued', NULL::bigint, NULL::bigint
    UNION ALL
    (SELECT DISTINCT ${shopId}::int, kind, profile_id, 0::bigint
     FROM unnest(${missing.map((one) => one.profileId)}::bigint[], ${missing.map((one) => one.account)}::text[]) AS t(profile_id, kind)
     ORDER BY profile_id, kind)
    ON CONFLICT (shop_id, kind, COALESCE(profile_id, 0)) DO NOTHING`;
}
