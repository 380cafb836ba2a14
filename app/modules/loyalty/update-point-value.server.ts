import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';

const valueSchema = z
  .string()
  .regex(/^(?=.*[1-9])\d{1,6}(\.\d{1,4})?$/) // not 0
  .nullable();

/** Says what a point is worth, in shop currency, above 0 with up to 4 decimals; null for not told. Throws `invalid`. */
export async function updatePointValue(
  tx: Tx,
  input: { shopId: number; pointValue: string | null; now: Date },
): Promise<void> {
  const { shopId, now } = input;
  const parsed = valueSchema.safeParse(input.pointValue);
  if (!parsed.success) {
    throw new AppError('invalid', {
      message: `point value: ${parsed.error.message}`,
      userMessage: 'Enter what a point is worth, such as 0.01, or leave it empty.',
    });
  }
  const data = { pointValue: parsed.data, updatedAt: now };
  await tx.loyaltySettings.upsert({ where: { shopId }, create: { shopId, ...data }, update: data });
}
