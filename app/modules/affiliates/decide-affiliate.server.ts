import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { lockAffiliates } from './lock-affiliates.server';
import { readAffiliate } from './read-affiliate.server';
import type { Affiliate } from './types';

/** What a member of staff decides. Approving one who is approved changes the group. */
export type Decision =
  { state: 'approved'; groupId: number } | { state: 'rejected'; reason: string } | { state: 'paused' };

export interface DecideAffiliateInput {
  shopId: number;
  affiliateId: bigint;
  decision: Decision;
  staff: string;
  now: Date;
}

const reasonSchema = z.string().trim().min(1).max(500);

/**
 * Approves, rejects or pauses an affiliate, from `now` on: orders placed before are judged by what held then. Idempotent; the
 * last decision counts. Throws `not_found`, and `invalid` for a rejection without a reason, or of one who has earned already.
 */
export async function decideAffiliate(tx: Tx, input: DecideAffiliateInput): Promise<Affiliate> {
  const { shopId, affiliateId, decision, staff, now } = input;
  await lockAffiliates(tx, { shopId });
  const where = { shopId_id: { shopId, id: affiliateId } };
  const row = await tx.affiliate.findUnique({ where });
  if (!row) throw notFound('affiliate');
  const groupId = await groupAfter(tx, input, row.groupId);
  const reason = decision.state === 'rejected' ? checkReason(decision.reason) : null;
  if (row.state === decision.state && row.groupId === groupId && row.reason === reason)
    return readAffiliate(row);
  if (row.forgottenAt) throw refused('This person was erased. They can’t be an affiliate any more.');
  if (decision.state === 'rejected' && row.groupId !== null)
    throw refused('This affiliate was approved before. Pause them instead.');
  if (decision.state === 'paused' && row.groupId === null)
    throw refused('This affiliate is not approved yet. Reject the application instead.');
  await tx.affiliateSpan.updateMany({ where: { shopId, affiliateId, toAt: null }, data: { toAt: now } });
  if (decision.state === 'approved')
    await tx.affiliateSpan.create({ data: { shopId, affiliateId, groupId: decision.groupId, fromAt: now } });
  const data = { state: decision.state, groupId, reason, staff, decidedAt: now };
  return readAffiliate(await tx.affiliate.update({ where, data }));
}

async function groupAfter(
  tx: Tx,
  { shopId, decision }: DecideAffiliateInput,
  before: number | null,
): Promise<number | null> {
  if (decision.state !== 'approved') return before;
  const { groupId: id } = decision;
  if ((await tx.affiliateGroup.count({ where: { shopId, id } })) === 0) throw notFound('group');
  return id;
}

function checkReason(reason: string): string {
  const parsed = reasonSchema.safeParse(reason);
  if (parsed.success) return parsed.data;
  throw refused('Enter a reason of at most 500 characters. The applicant is shown it.');
}

function refused(userMessage: string): AppError {
  return new AppError('invalid', { message: `affiliate: ${userMessage}`, userMessage });
}
