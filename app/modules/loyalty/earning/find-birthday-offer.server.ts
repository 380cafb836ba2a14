import type { Tx } from '~/platform/db/index.server';
import { findBirthday } from './find-birthday.server';

/** What a birthday is worth to somebody who has not told it. */
export interface BirthdayOffer {
  points: number; // by what they are now; 0: only in other tiers than theirs
}

/**
 * What telling their birthday would bring somebody; null when it is known already, or birthdays bring nobody anything.
 * `today` is a day of the shop's calendar (YYYY-MM-DD).
 */
export async function findBirthdayOffer(
  tx: Tx,
  {
    shopId,
    profileId,
    tierId,
    today,
  }: { shopId: number; profileId: bigint; tierId: number | null; today: string },
): Promise<BirthdayOffer | null> {
  const action = await tx.earnAction.findFirst({
    where: { shopId, code: 'birthday' },
    orderBy: { version: 'desc' },
  });
  const isOver = action?.endsOn ? action.endsOn.toISOString().slice(0, 10) < today : false;
  const forAll = action?.enabled && !isOver ? action.points : 0;
  const benefits = await tx.tierBenefit.findMany({ where: { shopId, birthdayPoints: { gt: 0 } } });
  if (forAll === 0 && benefits.length === 0) return null;
  if ((await findBirthday(tx, { shopId, profileId })) !== null) return null;
  const ofTier = benefits.find((benefit) => benefit.tierId === tierId)?.birthdayPoints ?? 0;
  return { points: forAll + ofTier };
}
