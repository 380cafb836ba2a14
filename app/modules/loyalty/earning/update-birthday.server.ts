import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';

export interface UpdateBirthdayInput {
  shopId: number;
  profileId: bigint;
  birthday: { month: number; day: number } | null; // null: it is not to be kept
  now: Date;
}

const shape = z
  .object({ month: z.number().int().min(1).max(12), day: z.number().int().min(1).max(31) })
  .refine(({ month, day }) => day <= new Date(Date.UTC(2024, month, 0)).getUTCDate());

/**
 * Keeps the day and month somebody was born, as the merchant or they themselves say. Telling another day gives no second
 * birthday within eleven months. Idempotent: telling the same day again changes nothing. Throws `invalid` for a day that
 * is none.
 */
export async function updateBirthday(tx: Tx, input: UpdateBirthdayInput): Promise<void> {
  const { shopId, profileId, now } = input;
  if (input.birthday === null) {
    await tx.birthday.deleteMany({ where: { shopId, profileId } });
    return;
  }
  const parsed = shape.safeParse(input.birthday);
  if (!parsed.success)
    throw new AppError('invalid', {
      message: `birthday: ${parsed.error.message}`,
      userMessage: 'Please enter a day and a month that exist.',
    });
  const { month, day } = parsed.data;
  await tx.$executeRaw`
    INSERT INTO birthdays (shop_id, profile_id, month, day, told_at)
    VALUES (${shopId}, ${profileId}, ${month}, ${day}, ${now})
    ON CONFLICT (shop_id, profile_id) DO UPDATE SET month = excluded.month, day = excluded.day, told_at = excluded.told_at
      WHERE (birthdays.month, birthdays.day) <> (excluded.month, excluded.day)`;
}
