import { withShop } from '~/platform/db/index.server';
import { Decimal } from '~/platform/money';
import { findShopper, type Shopper } from './find-shopper.server';
import { readOffers } from './offers.server';
import { isoDayIn } from './iso-day';
import { previewOrder, type ComingOrder, type KnownProduct, type OrderPreview } from './preview-order';
import { readProgramme, type Programme } from './programme.server';
import { linesToKnow, readKnownProducts } from './read-known-products.server';
import { canHaveAtCheckout, describeReward, describeTier } from './shopper-view';
import type { ShopperAnswer } from './types';

export interface AnswerShopperInput extends ComingOrder {
  shopId: number;
  shopifyCustomerId: bigint | null; // null: not signed in
  currency: string; // ISO 4217, of the amounts
  now: Date;
}

/**
 * What a shopper sees at checkout: their points and tier, what this order would earn in it, the rewards they can have now
 * and the codes they have. In a currency that is not the shop's `earns` is 0, because the rate of the day is not known here
 * and no promise is better than a wrong one. A customer the app has not heard of yet is a member with 0 points. One
 * indexed read, two where the rule or campaigns go by tags or collections or gift cards may be among the goods; rule, campaigns, currency, tiers and rewards are kept for 30
 * seconds.
 */
export async function answerShopper(input: AnswerShopperInput): Promise<ShopperAnswer> {
  const { shopId, now } = input;
  const programme = await readProgramme(shopId, now);
  if (!programme.rule.enabled) return { status: 'off' };
  const found = await find(input, programme);
  if (input.shopifyCustomerId === null) return { status: 'guest', ...earnsOf(input, programme, found) };
  const { shopper } = found;
  const offers = await readOffers(shopId, now);
  const balance = shopper?.points ?? 0;
  const had = shopper?.had ?? new Map<string, number>();
  const standing = shopper?.standing ?? nobody;
  return {
    status: 'member',
    balance,
    pending: shopper?.pending ?? 0,
    ...earnsOf(input, programme, found),
    currency: programme.currency,
    tier: describeTier(offers.tiers, standing),
    rewards: offers.rewards
      .filter((reward) => canHaveAtCheckout(reward, { balance, had, tierId: standing.tierId }))
      .map((reward) => describeReward(reward, balance)),
    codes: (shopper?.codes ?? []).filter(({ kind }) => kind !== 'gift_card'),
  };
}

const nobody = { tierId: null, figure: null, until: null };

interface Found {
  shopper: Shopper | null;
  products: Map<bigint, KnownProduct>;
}

async function find(input: AnswerShopperInput, { rule, campaigns }: Programme): Promise<Found> {
  const { shopId, shopifyCustomerId, lines = [], now } = input;
  const asked = linesToKnow(lines, [rule, ...campaigns]);
  if (shopifyCustomerId === null && asked.length === 0) return { shopper: null, products: new Map() };
  return withShop(shopId, async (tx) => ({
    shopper: shopifyCustomerId === null ? null : await findShopper(tx, { shopId, shopifyCustomerId, now }),
    products: await readKnownProducts(tx, { shopId, lines: asked }),
  }));
}

function earnsOf(
  input: AnswerShopperInput,
  programme: Programme,
  { shopper, products }: Found,
): OrderPreview {
  const { now, currency } = input;
  const { rule, campaigns, timeZone } = programme;
  if (currency !== programme.currency) return { earns: 0, isAbout: false };
  const multiplier = shopper?.multiplier ?? new Decimal(1);
  return previewOrder(input, {
    rule,
    multiplier,
    campaigns,
    products,
    currency,
    now,
    localDay: isoDayIn(timeZone, now),
  });
}
