import { getPointValue, listAffordableRewards, listComingExpiry } from '~/modules/loyalty/index.server';
import { dayOf, isoDay, sumWarned, type ComingExpiry } from '~/modules/loyalty/types';
import type { DeliverySteps } from '~/modules/messaging/index.server';
import type { LoyaltyInMail } from '~/modules/messaging/types';
import { decimal } from '~/platform/money';

const rewardsShown = 3;

/** What mails about the programme show, as it is at the moment they are delivered: each thing read once for the batch. */
export const loadLoyalty: DeliverySteps['loadLoyalty'] = async (tx, { shopId, mails, now }) => {
  const peopleOf = (some: typeof mails) => [...new Set(some.map(({ profileId }) => profileId))];
  const warnings = mails.filter(({ context }) => context.dueDay !== undefined);
  const coming = await listComingExpiry(tx, { shopId, profileIds: peopleOf(warnings), now });
  const pointValue = coming.size > 0 ? await getPointValue(tx, { shopId }) : null;
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
