import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { lockAffiliates } from './lock-affiliates.server';
import { postEntries } from './post-entries.server';

export interface SettlePayoutInput {
  shopId: number;
  batchId: bigint;
  /** Paid, with the reference of the transfer; or called off, and the money is payable again. */
  outcome: { state: 'paid'; reference: string } | { state: 'cancelled' };
  staff: string;
  now: Date;
}

const referenceSchema = z.string().trim().min(1).max(200);

/**
 * Closes a batch: marks it paid, or gives back what it had set aside. Idempotent. Throws `not_found`, `invalid` without a
 * reference, `conflict` when it was closed otherwise.
 */
export async function settlePayout(tx: Tx, input: SettlePayoutInput): Promise<void> {
  const { shopId, batchId, outcome, staff, now } = input;
  const { state } = outcome;
  const reference = outcome.state === 'paid' ? checkReference(outcome.reference) : null;
  await lockAffiliates(tx, { shopId });
  const where = { shopId_id: { shopId, id: batchId } };
  const batch = await tx.affiliatePayoutBatch.findUnique({ where, include: { payouts: true } });
  if (!batch) throw notFound('payout');
  if (batch.state === state && batch.reference === reference) return;
  if (batch.state !== 'open') throw closedBefore(batch.state);
  await tx.affiliatePayoutBatch.update({
    where,
    data: { state, reference, settledBy: staff, settledAt: now },
  });
  const { currency } = batch;
  const entries = batch.payouts.map(({ affiliateId, amount }) => ({
    kind: state === 'paid' ? ('pay' as const) : ('give_back' as const),
    key: `payout:${batchId}:${affiliateId}:${state}`,
    currency,
    batchId,
    staff,
    occurredAt: now,
    postings: [
      { account: 'set_aside' as const, affiliateId, amount: decimal(amount).negated() },
      state === 'paid'
        ? { account: 'paid' as const, affiliateId: null, amount: decimal(amount) }
        : { account: 'payable' as const, affiliateId, amount: decimal(amount) },
    ],
  }));
  await postEntries(tx, { shopId, entries, now });
}

function checkReference(reference: string): string {
  const parsed = referenceSchema.safeParse(reference);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', {
    message: 'payout: no reference',
    userMessage: 'Enter the reference of the transfer, so that it can be found in your bank account.',
  });
}

function closedBefore(state: string): AppError {
  return new AppError('conflict', {
    message: `payout: it is ${state}`,
    userMessage:
      state === 'paid' ? 'This payout was marked paid before.' : 'This payout was called off before.',
  });
}
