import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { decimal, sum } from '~/platform/money';
import type { Entry } from './ledger-entry';
import { listPayable, type Payable } from './list-payable.server';
import { lockAffiliates } from './lock-affiliates.server';
import { postEntries } from './post-entries.server';

export interface CreatePayoutsInput {
  shopId: number;
  key: string; // of the form that was submitted: submitting it again makes no second payout
  staff: string;
  now: Date;
}

const keySchema = z.string().min(1).max(100);

/**
 * Sets everything aside that can be paid, where it reaches the minimum, as one batch per currency. From then on it is neither
 * paid a second time nor in the next batch; two members of staff at once make one payout. Idempotent by `key`. Throws `invalid`
 * when there is nothing to pay. Returns the batches.
 */
export async function createPayouts(tx: Tx, input: CreatePayoutsInput): Promise<{ batchIds: bigint[] }> {
  const { shopId, staff, now } = input;
  const createKey = keySchema.parse(input.key);
  await lockAffiliates(tx, { shopId });
  const known = await tx.affiliatePayoutBatch.findMany({
    where: { shopId, createKey },
    orderBy: { id: 'asc' },
  });
  if (known.length > 0) return { batchIds: known.map(({ id }) => id) };
  const payable = await listPayable(tx, { shopId });
  if (payable.length === 0) throw nothingToPay();
  const batchIds: bigint[] = [];
  // One round per currency, of which there is one, unless the shop has changed its own.
  for (const currency of new Set(payable.map((one) => one.currency))) {
    const payouts = payable.filter((one) => one.currency === currency);
    const total = sum(payouts.map(({ amount }) => amount)).toString();
    const { id } = await tx.affiliatePayoutBatch.create({
      data: { shopId, createKey, currency, total, state: 'open', staff, createdAt: now },
      select: { id: true },
    });
    const rows = payouts.map(({ affiliateId, amount }) => ({ shopId, batchId: id, affiliateId, amount }));
    await tx.affiliatePayout.createMany({ data: rows });
    const entries = payouts.map((payout) => setAside(payout, { batchId: id, currency, staff, now }));
    await postEntries(tx, { shopId, entries, now });
    batchIds.push(id);
  }
  return { batchIds };
}

function setAside(
  { affiliateId, amount }: Payable,
  batch: { batchId: bigint; currency: string; staff: string; now: Date },
): Entry {
  const { batchId, currency, staff, now } = batch;
  return {
    kind: 'set_aside',
    key: `payout:${batchId}:${affiliateId}`,
    currency,
    batchId,
    staff,
    occurredAt: now,
    postings: [
      { account: 'payable', affiliateId, amount: decimal(amount).negated() },
      { account: 'set_aside', affiliateId, amount: decimal(amount) },
    ],
  };
}

function nothingToPay(): AppError {
  return new AppError('invalid', {
    message: 'affiliates: nothing is payable',
    userMessage: 'There is nothing to pay out right now: no affiliate has reached the minimum.',
  });
}
