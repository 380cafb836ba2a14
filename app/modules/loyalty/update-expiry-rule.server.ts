import { z } from 'zod';
import { lockShop } from './lock-shop.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { getExpiryRule } from './get-expiry-rule.server';
import { expiryModes, type ExpiryMode, type ExpiryRule } from './types';

const shape = z.object({ mode: z.enum(expiryModes), days: z.number().int().min(1).max(3_650) });

/**
 * Says when points expire from `now` on, as a new version; nothing expires within `noticeDays` after it, and what has
 * expired stays so. Idempotent: a change that changes nothing makes no version. Throws `invalid` for days that are no number from 1 to 3650.
 */
export async function updateExpiryRule(
  tx: Tx,
  input: { shopId: number; mode: ExpiryMode; days: number; now: Date },
): Promise<ExpiryRule> {
  const { shopId, now } = input;
  const parsed = shape.safeParse(input);
  if (!parsed.success) {
    throw new AppError('invalid', {
      message: `expiry rule: ${parsed.error.message}`,
      userMessage: 'Enter a whole number of days from 1 to 3650.',
    });
  }
  await lockShop(tx, { shopId });
  const latest = await tx.expiryRule.findFirst({ where: { shopId }, orderBy: { version: 'desc' } });
  const { mode, days } = parsed.data;
  const effectiveFrom = new Date(Math.max(now.getTime(), latest?.effectiveFrom.getTime() ?? 0)); // never before the version it follows
  const current = await getExpiryRule(tx, { shopId, at: effectiveFrom });
  if (current.mode === mode && (mode === 'never' || current.days === days)) return current;
  const next = { version: current.version + 1, mode, days, effectiveFrom };
  await tx.expiryRule.create({ data: { shopId, ...next } });
  return next;
}
