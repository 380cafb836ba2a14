import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { evidenceSchema } from './evidence';
import { newOfferCode } from './new-code.server';
import { offerEnd } from './offer-end';
import { planOffer, type OfferStep } from './offer-plan';
import { readFacts, type KnownReferral, type LockedReferral } from './read-facts.server';
import { computeReferral, referralStates, type ReferralOutcome } from './referral-state';
import { offerStates, type ReferralReward } from './types';

interface Change extends KnownReferral {
  outcome: ReferralOutcome;
  points: number; // to give, or below 0 to take back
  offer: OfferStep;
}

/**
 * Brings these referrals to where everything known says they are, and says what their advocates are to get or to give back:
 * the difference between what they should have and what they had. Set-wise. Idempotent, and the same in any order of
 * arrival. The caller posts the points in the same transaction (processes/settle-referrals) and has locked the accounts.
 */
export async function applyReferrals(
  tx: Tx,
  { shopId, referralIds, now }: { shopId: number; referralIds: bigint[]; now: Date },
): Promise<{ rewards: ReferralReward[]; profileIds: bigint[] }> {
  const rows = await lockReferrals(tx, shopId, referralIds);
  if (rows.length === 0) return { rewards: [], profileIds: [] };
  const known = await readFacts(tx, { shopId, rows });
  const changes = known.map((one) => plan(one, now)).filter(isNews);
  await save(tx, shopId, changes, now);
  const rewards = changes.flatMap(({ row, points }) =>
    points === 0 ? [] : [{ referralId: row.id, advocateId: row.advocateId, points, move: row.moves }],
  );
  return { rewards, profileIds: changes.flatMap(({ row }) => [row.advocateId, row.friendId]) };
}

async function lockReferrals(tx: Tx, shopId: number, ids: bigint[]): Promise<LockedReferral[]> {
  if (ids.length === 0) return [];
  await tx.$queryRaw`
    SELECT id FROM referrals WHERE shop_id = ${shopId} AND id = ANY (${ids}::bigint[]) ORDER BY id FOR NO KEY UPDATE`;
  return tx.referral.findMany({ where: { shopId, id: { in: ids } }, orderBy: { id: 'asc' } });
}

function plan(known: KnownReferral, now: Date): Change {
  const { row, facts, erased } = known;
  const outcome = computeReferral(facts, now);
  const before = z.enum(referralStates).parse(row.state);
  const offer = planOffer(outcome.state, before, z.enum(offerStates).parse(row.offerState));
  if (!erased) return { ...known, outcome, offer, points: outcome.points - row.rewardPoints };
  // Nobody is left to give anything to, and what somebody had who is gone stays where it is.
  const given = row.rewardPoints > 0;
  const ended = { ...outcome, dueAt: null, approvesItself: false, points: row.rewardPoints };
  return {
    ...known,
    offer: null,
    points: 0,
    outcome: given
      ? { ...ended, state: 'rewarded', why: null }
      : { ...ended, state: 'cancelled', why: 'erased' },
  };
}

function isNews({ row, outcome, facts, points, offer }: Change): boolean {
  return (
    points !== 0 ||
    offer !== null ||
    outcome.approvesItself ||
    row.state !== outcome.state ||
    row.why !== outcome.why ||
    row.orderId !== (facts.order?.orderId ?? null) ||
    row.holdUntil?.getTime() !== outcome.holdUntil?.getTime() ||
    row.dueAt?.getTime() !== outcome.dueAt?.getTime() ||
    canonical(row.evidence) !== canonical(facts.evidence)
  );
}

/** JSON of the database comes with its keys in another order. */
function canonical(evidence: unknown): string {
  return JSON.stringify(
    z
      .array(evidenceSchema)
      .parse(evidence)
      .map(({ kind, level, count }) => [kind, level, count]),
  );
}

async function save(tx: Tx, shopId: number, changes: Change[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ row, programme, outcome, facts, points, offer }) => ({
    id: row.id.toString(),
    state: outcome.state,
    why: outcome.why,
    evidence: facts.evidence,
    order_id: facts.order?.orderId.toString() ?? null,
    hold_until: outcome.holdUntil,
    due_at: outcome.dueAt,
    reward_points: row.rewardPoints + points,
    moves: row.moves + (points === 0 ? 0 : 1),
    approves_itself: outcome.approvesItself,
    ...offerRow(row, offer, offerEnd(programme, now)),
    offer_step: offer,
  }));
  await tx.$executeRaw`
    UPDATE referrals r SET state = t.state, why = t.why, evidence = t.evidence, order_id = t.order_id,
      hold_until = t.hold_until, due_at = t.due_at, reward_points = t.reward_points, moves = t.moves,
      decision = CASE WHEN t.approves_itself THEN 'approved' ELSE r.decision END,
      decided_by = CASE WHEN t.approves_itself THEN 'programme' ELSE r.decided_by END,
      decided_at = CASE WHEN t.approves_itself THEN ${now}::timestamptz ELSE r.decided_at END,
      offer_state = t.offer_state, offer_code = t.offer_code, discount_id = t.discount_id,
      offer_expires_at = t.offer_expires_at,
      offer_starts_at = CASE WHEN t.offer_step = 'renew' THEN NULL ELSE r.offer_starts_at END,
      pool_id = CASE WHEN t.offer_step = 'renew' THEN NULL ELSE r.pool_id END,
      redeem_id = CASE WHEN t.offer_step = 'renew' THEN NULL ELSE r.redeem_id END,
      attempts = CASE WHEN t.offer_step IS NULL THEN r.attempts ELSE 0 END,
      next_attempt_at = CASE WHEN t.offer_step IS NULL THEN r.next_attempt_at ELSE ${now}::timestamptz END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(
      id bigint, state text, why text, evidence jsonb, order_id bigint, hold_until timestamptz, due_at timestamptz,
      reward_points int, moves int, approves_itself boolean, offer_state text, offer_code text, discount_id bigint,
      offer_step text, offer_expires_at timestamptz)
    WHERE r.shop_id = ${shopId} AND r.id = t.id AND r.id = ANY (${changes.map(({ row }) => row.id)}::bigint[])`;
}

/** How the friend's code stands after this step; what is to be done in Shopify is done after the transaction. */
function offerRow(row: LockedReferral, step: OfferStep, newEnd: Date | null) {
  const { offerState, offerCode, discountId, offerExpiresAt } = row;
  // It lasts as long as the first one would have, from now on.
  if (step === 'renew')
    return {
      offer_state: 'making',
      offer_code: newOfferCode(),
      discount_id: null,
      offer_expires_at: newEnd,
    };
  return {
    offer_expires_at: offerExpiresAt,
    offer_state: step === 'end' ? 'ending' : offerState,
    offer_code: offerCode,
    discount_id: discountId?.toString() ?? null,
  };
}
