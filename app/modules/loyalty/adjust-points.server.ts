import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { ensureAccounts } from './ensure-accounts.server';
import { getBalance } from './get-balance.server';
import { accountKey } from './ledger-input';
import { postTransactions } from './post-transactions.server';
import type { Balance } from './types';

export interface AdjustPointsInput {
  shopId: number;
  profileId: bigint;
  points: number; // whole, signed, not 0
  reason: string; // what the merchant wrote; shown in the ledger
  staff: string; // who did it
  key: string; // of the form that was submitted: submitting it again changes nothing
  now: Date;
}

const limit = 1_000_000;
const shape = z.object({
  points: z
    .number()
    .int()
    .min(-limit)
    .max(limit)
    .refine((points) => points !== 0),
  reason: z.string().trim().min(1).max(500),
  staff: z.string().trim().min(1).max(200),
  key: z.string().min(1).max(200),
});

/**
 * Adds or takes points by hand. Idempotent by `key`; the same key with other values throws `conflict`. Throws `invalid` when
 * more is taken than there is, with a sentence for the merchant. Returns the balance afterwards.
 */
export async function adjustPoints(tx: Tx, input: AdjustPointsInput): Promise<Balance> {
  const parsed = shape.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.message, sentence(parsed.error));
  const { shopId, profileId, now } = input;
  const { points, reason, staff } = parsed.data;
  const account = { profileId, account: 'points' } as const;
  // The lock comes before the question, or two people could both be allowed to take the last points.
  const { accounts } = await ensureAccounts(tx, { shopId, wanted: [account] });
  const balance = accounts.get(accountKey(account))?.balance ?? 0n;
  const key = `adjust:${parsed.data.key}`;
  if (points < 0 && balance + BigInt(points) < 0n && !(await isPosted(tx, shopId, key)))
    throw tooMany(balance);
  await postTransactions(tx, {
    shopId,
    now,
    transactions: [
      { kind: 'adjust', key, reason, staff, occurredAt: now, postings: [{ ...account, points }] },
    ],
  });
  return getBalance(tx, { shopId, profileId });
}

async function isPosted(tx: Tx, shopId: number, idempotencyKey: string): Promise<boolean> {
  return (await tx.ledgerTransaction.count({ where: { shopId, idempotencyKey } })) > 0;
}

function sentence(error: z.ZodError): string {
  const field = error.issues[0]?.path[0];
  if (field === 'points') return `Enter a whole number of points, not 0 and at most ${limit}.`;
  if (field === 'reason')
    return 'Enter a reason of at most 500 characters, so that everybody can see later why it was done.';
  return 'This form is not complete. Reload the page and try again.';
}

function tooMany(balance: bigint): AppError {
  const has =
    balance > 0n
      ? `This customer has ${balance} points. You can take away at most ${balance}.`
      : 'This customer has no points to take away.';
  return invalid('the adjustment would take the balance below 0', has);
}

function invalid(message: string, userMessage: string): AppError {
  return new AppError('invalid', { message: `adjust points: ${message}`, userMessage });
}
