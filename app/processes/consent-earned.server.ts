import { listFirstDecisions } from '~/modules/consent/index.server';
import { applyEarnEvents, earnsSince } from '~/modules/loyalty/index.server';
import type { Tx } from '~/platform/db/index.server';

/**
 * Points for agreeing to e-mails, where the shop gives any: once per person, for the first decision they ever made, so that
 * nobody earns by going and coming back. Idempotent. Returns whose balance changed.
 */
export async function consentEarned(
  tx: Tx,
  { shopId, profileIds, now }: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  if (profileIds.length === 0) return { profileIds: [] };
  if ((await earnsSince(tx, { shopId, trigger: 'newsletter' })) === null) return { profileIds: [] };
  const decisions = await listFirstDecisions(tx, { shopId, profileIds });
  const happenings = decisions.map(({ profileId, decidedAt }) => ({
    profileId,
    code: 'newsletter',
    key: profileId.toString(),
    occurredAt: decidedAt,
  }));
  return applyEarnEvents(tx, { shopId, happenings, now, keepEarliest: true });
}
