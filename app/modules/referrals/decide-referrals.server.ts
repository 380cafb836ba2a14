import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { evidenceSchema } from './evidence';

export interface DecideReferralsInput {
  shopId: number;
  referralIds: bigint[];
  decision: 'approved' | 'rejected';
  reason: string; // what the merchant wrote; needed to reject, and to approve what something speaks against
  staff: string;
  now: Date;
}

const reasonSchema = z.string().trim().max(500);

/**
 * The merchant approves or rejects referrals. An approval covers the evidence that is known now; what comes to light later
 * stops it again. It may come before the end of the hold; the reward waits for that. Idempotent; the last decision counts.
 * Throws `not_found` when one is not there, `invalid` with a sentence when a reason is missing or when advocate and friend
 * are one and the same. Follow with processes/settle-referrals.
 */
export async function decideReferrals(tx: Tx, input: DecideReferralsInput): Promise<void> {
  const { shopId, decision, staff, now } = input;
  const ids = [...new Set(input.referralIds)];
  const reason = reasonSchema.safeParse(input.reason);
  if (!reason.success) throw invalid('Enter a reason of at most 500 characters.');
  const rows = await tx.$queryRaw<{ id: bigint; evidence: unknown }[]>`
    SELECT id, evidence FROM referrals WHERE shop_id = ${shopId} AND id = ANY (${ids}::bigint[]) ORDER BY id FOR NO KEY UPDATE`;
  if (rows.length < ids.length) throw notFound('referral');
  const accepted = rows.map(({ id, evidence }) => ({
    id: id.toString(),
    accepted: z
      .array(evidenceSchema)
      .parse(evidence)
      .map(({ kind }) => kind),
  }));
  if (decision === 'approved' && accepted.some((one) => one.accepted.includes('same_person')))
    throw invalid('Advocate and friend are the same customer. This referral can’t be approved.');
  const needsReason = decision === 'rejected' || accepted.some((one) => one.accepted.length > 0);
  if (needsReason && reason.data === '')
    throw invalid(
      decision === 'rejected'
        ? 'Enter a reason, so that everybody can see later why it was rejected.'
        : 'Something speaks against this referral. Enter a reason why it is approved all the same.',
    );
  await tx.$executeRaw`
    UPDATE referrals r SET decision = ${decision}, decision_reason = nullif(${reason.data}, ''), decided_by = ${staff},
      decided_at = ${now}, accepted = t.accepted
    FROM jsonb_to_recordset(${JSON.stringify(accepted)}::jsonb) AS t(id bigint, accepted jsonb)
    WHERE r.shop_id = ${shopId} AND r.id = t.id AND r.id = ANY (${ids}::bigint[])
      AND (r.decision IS DISTINCT FROM ${decision} OR r.accepted <> t.accepted)`;
}

function invalid(userMessage: string): AppError {
  return new AppError('invalid', { message: `decide referrals: ${userMessage}`, userMessage });
}
