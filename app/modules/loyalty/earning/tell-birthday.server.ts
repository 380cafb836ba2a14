import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { findBirthday } from './find-birthday.server';
import { updateBirthday, type UpdateBirthdayInput } from './update-birthday.server';

/**
 * A shopper tells the day and month they were born: once. Telling the same again changes nothing; another day is for the
 * merchant to correct, or whoever likes points would move theirs. Throws `conflict` for that and `invalid` for a day that
 * is none.
 */
export async function tellBirthday(
  tx: Tx,
  input: UpdateBirthdayInput & { birthday: { month: number; day: number } },
): Promise<void> {
  const { shopId, profileId, birthday } = input;
  await tx.$queryRaw`SELECT 1 FROM profiles WHERE shop_id = ${shopId} AND id = ${profileId} FOR UPDATE`; // one after the other
  const known = await findBirthday(tx, { shopId, profileId });
  if (known === null) return updateBirthday(tx, input);
  if (known.month !== birthday.month || known.day !== birthday.day)
    throw new AppError('conflict', {
      message: 'birthday: told before',
      reason: 'told_before',
      userMessage: 'Your birthday is known already. Ask the shop if it is wrong.',
    });
}
