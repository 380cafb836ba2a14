import type { Tx } from '~/platform/db/index.server';
import { ensureAccounts } from '../ensure-accounts.server';
import type { EarnHappening } from './earn-action';
import { readEarnActions } from './read-earn-actions.server';
import { settleEarnings } from './settle-earnings.server';

export interface ApplyEarnEventsInput {
  shopId: number;
  happenings: EarnHappening[];
  now: Date;
  /** The same happening told with an earlier moment counts from then on; otherwise what was told first stays. */
  keepEarliest?: boolean;
}

/**
 * Writes down what people did and posts what follows. What the shop never gave points for, and what erased people did, is
 * left out. Set-wise. Idempotent by code and key; the same end in any order of telling, and concurrently. Returns whose balance changed,
 * and which keys were new.
 */
export async function applyEarnEvents(
  tx: Tx,
  { shopId, happenings, now, keepEarliest = false }: ApplyEarnEventsInput,
): Promise<{ profileIds: bigint[]; fresh: Set<string> }> {
  if (happenings.length === 0) return { profileIds: [], fresh: new Set() };
  const actions = await readEarnActions(tx, { shopId });
  const known = await rememberedOnes(
    tx,
    shopId,
    happenings.filter(({ code }) => actions.has(code)),
  );
  if (known.length === 0) return { profileIds: [], fresh: new Set() };
  const profileIds = [...new Set(known.map(({ profileId }) => profileId))];
  // The locks come before what is read and written, or two at once could both be the first of a period.
  await ensureAccounts(tx, {
    shopId,
    wanted: profileIds.map((profileId) => ({ profileId, account: 'points' as const })),
  });
  const fresh = await insert(tx, shopId, known, keepEarliest);
  const settled = await settleEarnings(tx, { shopId, profileIds, now });
  return { ...settled, fresh };
}

async function rememberedOnes(tx: Tx, shopId: number, happenings: EarnHappening[]): Promise<EarnHappening[]> {
  if (happenings.length === 0) return [];
  const ids = [...new Set(happenings.map(({ profileId }) => profileId))];
  const rows = await tx.profile.findMany({
    where: { shopId, id: { in: ids }, redactedAt: null, mergedIntoId: null },
    select: { id: true },
  });
  const remembered = new Set(rows.map(({ id }) => id));
  return happenings.filter(({ profileId }) => remembered.has(profileId));
}

async function insert(
  tx: Tx,
  shopId: number,
  happenings: EarnHappening[],
  keepEarliest: boolean,
): Promise<Set<string>> {
  const byKey = new Map(happenings.map((one) => [`${one.code}\n${one.key}`, one]));
  const rows = [...byKey.values()].map(({ profileId, code, key, occurredAt, amount }) => ({
    profile_id: profileId.toString(),
    code,
    key,
    occurred_at: occurredAt,
    amount: amount ?? null,
  }));
  const written = await tx.$queryRaw<{ key: string; is_new: boolean }[]>`
    INSERT INTO earn_events (shop_id, profile_id, code, key, occurred_at, amount)
    SELECT ${shopId}::int, profile_id, code, key, occurred_at, amount
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(profile_id bigint, code text, key text, occurred_at timestamptz, amount numeric)
    ORDER BY code, key
    ON CONFLICT (shop_id, code, key) DO UPDATE SET occurred_at = excluded.occurred_at
      WHERE ${keepEarliest} AND excluded.occurred_at < earn_events.occurred_at
    RETURNING key, xmax = 0 AS is_new`;
  return new Set(written.flatMap((row) => (row.is_new ? row.key : [])));
}
