import {
  getPointValue,
  listAffordableRewards,
  listComingExpiry,
  listTiersForMail,
} from '~/modules/loyalty/index.server';
import { dayOf, isoDay, sumWarned, type ComingExpiry, type MailTier } from '~/modules/loyalty/types';
import type { DeliverySteps } from '~/modules/messaging/index.server';
import type { LoyaltyInMail } from '~/modules/messaging/types';
import { decimal } from '~/platform/money';

const rewardsShown = 3;

/** What mails about the programme show, as it is at the moment they are delivered: each thing read once for the batch. */
export const loadLoyalty: DeliverySteps['loadLoyalty'] = async (tx, { shopId, mails, now }) => {
  const peopleOf = (some: typeof mails) => [...new Set(some.map(({ profileId }) => profileId))];
  const expiring = peopleOf(mails.filter(({ context }) => context.dueDay !== undefined));
  const coming = await listComingExpiry(tx, { shopId, profileIds: expiring, now });
  const pointValue = coming.size > 0 ? await getPointValue(tx, { shopId }) : null;
  const inTiers = peopleOf(mails.filter(({ context }) => context.tierId !== undefined));
  const tiers = await listTiersForMail(tx, { shopId, profileIds: inTiers });
  const rewards = await listAffordableRewards(tx, {
    shopId,
    profileIds: peopleOf(mails),
    limit: rewardsShown,
  });
  return new Map(
    mails.map(({ id, profileId, context }): [bigint, LoyaltyInMail] => [
      id,
      {
        expiring: expiringOf(coming.get(profileId) ?? [], context.dueDay, pointValue),
        tier: tierOf(tiers.get(profileId), context.tierId),
        rewards: rewards.get(profileId) ?? [],
      },
    ]),
  );
};

function expiringOf(
  coming: ComingExpiry[],
  dueDay: string | undefined,
  pointValue: string | null,
): LoyaltyInMail['expiring'] {
  const warned = dueDay === undefined ? null : sumWarned(coming, dayOf(dueDay));
  return (
    warned && {
      points: warned.points,
      worth: pointValue === null ? null : decimal(pointValue).times(warned.points).toString(),
      lastDay: isoDay(warned.dueDay - 1),
    }
  );
}

/** Whoever is in another tier by now gets another mail, or none. */
function tierOf(tier: MailTier | undefined, tierId: string | undefined): LoyaltyInMail['tier'] {
  if (!tier || String(tier.tierId) !== tierId) return null;
  const { name, multiplier, points, until } = tier;
  return { name, multiplier: Number(multiplier), points, until };
}
