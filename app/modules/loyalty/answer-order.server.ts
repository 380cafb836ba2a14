import { withShop, type Tx } from '~/platform/db/index.server';
import { findShopper } from './find-shopper.server';
import { readOffers } from './offers.server';
import { readOrderLedgers } from './order-ledger.server';
import { readProgramme } from './programme.server';
import { describeOffers, type ShopperTier } from './shopper-view';

/** What a customer sees next to one of their orders. */
export type OrderAnswer =
  | {
      status: 'member';
      earned: { points: number; pending: number } | null; // by this order, after refunds; null: it is not paid, or not known yet
      balance: number;
      currency: string; // of the amounts in tier
      tier: ShopperTier | null;
    }
  | { status: 'off' };

/**
 * What an order has earned a customer, and where they stand. Of somebody else's order nothing is said. `off` while points are
 * neither earned nor worth anything.
 */
export async function answerOrder(input: {
  shopId: number;
  shopifyCustomerId: bigint;
  orderId: bigint;
  now: Date;
}): Promise<OrderAnswer> {
  const { shopId, shopifyCustomerId, orderId, now } = input;
  const { rule, currency } = await readProgramme(shopId, now);
  const offers = await readOffers(shopId, now);
  if (!rule.enabled && offers.rewards.length === 0) return { status: 'off' };
  return withShop(shopId, async (tx) => {
    const shopper = await findShopper(tx, { shopId, shopifyCustomerId, now });
    const { balance, tier } = describeOffers(offers, shopper);
    const order = await tx.order.findUnique({
      where: { shopId_id: { shopId, id: orderId } },
      select: { profileId: true, paidAt: true },
    });
    const isTheirs = shopper !== null && order?.profileId === shopper.profileId;
    const earned = isTheirs && order.paidAt ? await readEarned(tx, { shopId, orderId, ...shopper }) : null;
    return { status: 'member', earned, balance, currency, tier };
  });
}

async function readEarned(
  tx: Tx,
  { shopId, orderId, profileId }: { shopId: number; orderId: bigint; profileId: bigint },
): Promise<{ points: number; pending: number }> {
  const ledgers = await readOrderLedgers(tx, { shopId, orderIds: [orderId] });
  const positions = ledgers.get(orderId)?.positions.filter((position) => position.profileId === profileId);
  const lies = (kind: 'points' | 'pending') =>
    positions?.find(({ account }) => account === kind)?.points ?? 0;
  return { points: lies('points'), pending: lies('pending') };
}
