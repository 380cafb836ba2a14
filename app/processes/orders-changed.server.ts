import { applyOrderCommissions } from '~/modules/affiliates/index.server';
import { closeCartsByOrders, creditRecoveries } from '~/modules/carts/index.server';
import { recomputeTraits, recordTimeline, resolveProfiles } from '~/modules/customers/index.server';
import { enrol, exitRuns } from '~/modules/flows/index.server';
import { applyOrderRedemptions } from '~/modules/loyalty/index.server';
import { attributeOrders, findSentForCarts } from '~/modules/messaging/index.server';
import { applyOrderFacts, listFirstOrders, listOrderHappenings } from '~/modules/orders/index.server';
import type { OrderFact } from '~/modules/orders/types';
import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { advocatesInvited } from './advocates-invited.server';
import { postPointsAndTiers } from './post-points-and-tiers.server';
import { rewardsReached } from './rewards-reached.server';
import { settlePeople } from './settle-people.server';
import { settleReferrals } from './settle-referrals.server';
import { tiersReached } from './tiers-reached.server';

/** Orders were placed, paid, edited, fulfilled or cancelled: Shopify tells the whole order each time, in any order. */
export async function ordersChanged(
  tx: Tx,
  input: { shopId: number; facts: OrderFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now, historic } = input;
  const { installedAt } = await getShop(tx, { shopId });
  const people = await resolveProfiles(tx, { shopId, people: facts.map(({ person }) => person), now });
  const named = people.filter((id) => id !== null);
  const settled = await settlePeople(tx, { shopId, now });
  const { orderIds, profileIds } = await applyOrderFacts(tx, {
    shopId,
    facts,
    profileIds: people,
    historic,
    installedAt,
    now,
  });

  const carts = await closeAndCreditCarts(tx, { shopId, orderIds, now });
  await exitRuns(tx, { shopId, profileIds, event: 'order_placed', now });
  const points = await postPointsAndTiers(tx, { shopId, orderIds, profileIds, now });
  const rewards = await applyOrderRedemptions(tx, { shopId, orderIds, now });
  const referrals = await settleReferrals(tx, { shopId, orderIds, friendIds: profileIds, now });
  await applyOrderCommissions(tx, { shopId, orderIds, profileIds, now });
  if (!historic) {
    await thankForFirstOrders(tx, { shopId, orderIds, now });
    await advocatesInvited(tx, { shopId, orderIds, now });
    await tiersReached(tx, { shopId, risen: points.risen, now });
    await rewardsReached(tx, {
      shopId,
      profileIds: [...points.profileIds, ...referrals.profileIds],
      now,
    });
  }
  await recordTimeline(tx, { shopId, events: await listOrderHappenings(tx, { shopId, orderIds }) });
  await recomputeTraits(tx, {
    shopId,
    profileIds: [
      ...settled.profileIds,
      ...profileIds,
      ...named,
      ...carts.profileIds,
      ...points.profileIds,
      ...rewards.profileIds,
      ...referrals.profileIds,
    ],
    now,
  });
}

/** The carts these orders came from are closed; where a mail about the cart had been sent, it has brought the order. */
export async function closeAndCreditCarts(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[]; now: Date },
): Promise<{ profileIds: bigint[] }> {
  const { shopId, now } = input;
  const { closed, profileIds } = await closeCartsByOrders(tx, input);
  const mails = await findSentForCarts(tx, {
    shopId,
    carts: closed.map(({ token, orderedAt }) => ({ token, before: orderedAt })),
  });
  const recoveries = await creditRecoveries(tx, { shopId, credits: mails, now });
  await attributeOrders(tx, {
    shopId,
    orders: recoveries.map(({ messageId, orderId, amount }) => ({ messageId, orderId, revenue: amount })),
  });
  await recordTimeline(tx, {
    shopId,
    events: recoveries.flatMap(({ profileId, token, orderId, orderedAt, amount, currency }) =>
      profileId === null
        ? []
        : [
            {
              profileId,
              kind: 'cart_recovered' as const,
              key: token,
              occurredAt: orderedAt,
              data: { orderId: orderId.toString(), amount, currency },
            },
          ],
    ),
  });
  return { profileIds };
}

async function thankForFirstOrders(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[]; now: Date },
): Promise<void> {
  const { shopId, now } = input;
  const orders = await listFirstOrders(tx, input);
  const entries = orders.map(({ orderId, profileId, paidAt }) => ({
    profileId,
    runKey: 'first_order', // one thank-you per person, even if an earlier order is told later
    context: { orderId: orderId.toString() },
    occurredAt: paidAt,
  }));
  await enrol(tx, { shopId, trigger: 'first_order_paid', entries, now });
}
