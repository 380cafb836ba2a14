import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { decimal, sum, type Decimal } from '~/platform/money';
import type { Entry } from './ledger-entry';
import { lockAffiliates } from './lock-affiliates.server';
import { postEntries } from './post-entries.server';

export interface CreatePayoutsInput {
  shopId: number;
  key: string; // of the form that was submitted: submitting it again makes no second payout
  staff: string;
  now: Date;
}

interface Payable {
  affiliateId: bigint;
  amount: Decimal;
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
  const payable = await listPayable(tx, shopId);
  if (payable.size === 0) throw nothingToPay();
  const batchIds: bigint[] = [];
  for (const [currency, payouts] of payable) {
    const total = sum(payouts.map(({ amount }) => amount)).toString();
    const { id } = await tx.affiliatePayoutBatch.create({
      data: { shopId, createKey, currency, total, state: 'open', staff, createdAt: now },
      select: { id: true },
    });
    const rows = payouts.map(({ affiliateId, amount }) => ({ affiliateId, amount: amount.toString() }));
    await tx.affiliatePayout.createMany({ data: rows.map((row) => ({ shopId, batchId: id, ...row })) });
    const entries = payouts.map((payout) => setAside(payout, { batchId: id, currency, staff, now }));
    await postEntries(tx, { shopId, entries, now });
    batchIds.push(id);
  }
  return { batchIds };
}

/** Per currency (a handful at most), who has as much as the minimum. Nobody who was erased: there is nowhere to send it. */
async function listPayable(tx: Tx, shopId: number): Promise<Map<string, Payable[]>> {
  const programme = await tx.affiliateProgramme.findUnique({ where: { shopId } });
  if (!programme) throw notFound('programme');
  const rows = await tx.affiliateAccount.findMany({
    where: {
      shopId,
      kind: 'payable',
      balance: { gt: 0, gte: programme.minimumPayout },
      affiliate: { is: { forgottenAt: null } },
    },
    orderBy: [{ currency: 'asc' }, { affiliateId: 'asc' }],
  });
  const byCurrency = new Map<string, Payable[]>();
  for (const { currency, affiliateId, balance } of rows) {
    if (affiliateId === null || balance === null) continue;
    const payout = { affiliateId, amount: decimal(balance) };
    byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), payout]);
  }
  return byCurrency;
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
      { account: 'payable', affiliateId, amount: amount.negated() },
      { account: 'set_aside', affiliateId, amount },
    ],
  };
}

function nothingToPay(): AppError {
  return new AppError('invalid', {
    message: 'affiliates: nothing is payable',
    userMessage: 'There is nothing to pay out right now: no affiliate has reached the minimum.',
  });
}
