import { withShop } from '~/platform/db/index.server';
import { Decimal, decimal } from '~/platform/money';
import { computeEarn } from './compute-earn';
import { findShopper } from './find-shopper.server';
import { readOffers } from './offers.server';
import { readProgramme, type Programme } from './programme.server';
import { canHaveAtCheckout, describeReward, describeTier } from './shopper-view';
import type { ShopperAnswer } from './types';

export interface AnswerShopperInput {
  shopId: number;
  shopifyCustomerId: bigint | null; // null: not signed in
  total: string; // what is to be paid, decimal
  tax?: string; // the part of it that is tax, when the checkout tells
  shipping?: string; // likewise
  currency: string; // ISO 4217, of the amounts
  now: Date;
}

/**
 * What a shopper sees at checkout: their points and tier, what this order would earn in it, the rewards they can have now
 * and the codes they have. In a currency that is not the shop's `earns` is 0, because the rate of the day is not known here
 * and no promise is better than a wrong one. A customer the app has not heard of yet is a member with 0 points. One
 * indexed read; rule, currency, tiers and rewards are kept for 30 seconds.
 */
export async function answerShopper(input: AnswerShopperInput): Promise<ShopperAnswer> {
  const { shopId, shopifyCustomerId, now } = input;
  const programme = await readProgramme(shopId, now);
  if (!programme.rule.enabled) return { status: 'off' };
  if (shopifyCustomerId === null) return { status: 'guest', earns: earnsOf(input, programme) };
  const offers = await readOffers(shopId, now);
  const found = await withShop(shopId, (tx) => findShopper(tx, { shopId, shopifyCustomerId, now }));
  const balance = found?.points ?? 0;
  const had = found?.had ?? new Map<string, number>();
  const standing = found?.standing ?? nobody;
  return {
    status: 'member',
    balance,
    pending: found?.pending ?? 0,
    earns: earnsOf(input, programme, found?.multiplier),
    currency: programme.currency,
    tier: describeTier(offers.tiers, standing),
    rewards: offers.rewards
      .filter((reward) => canHaveAtCheckout(reward, { balance, had, tierId: standing.tierId }))
      .map((reward) => describeReward(reward, balance)),
    codes: (found?.codes ?? []).filter(({ kind }) => kind !== 'gift_card'),
  };
}

const nobody = { tierId: null, figure: null, until: null };

function earnsOf(
  { total, tax, shipping, currency }: AnswerShopperInput,
  programme: Programme,
  multiplier: Decimal = new Decimal(1),
): number {
  if (currency !== programme.currency) return 0;
  const { rule } = programme;
  let counts = decimal(total);
  if (!rule.includeTax) counts = counts.minus(tax ?? 0);
  if (!rule.includeShipping) counts = counts.minus(shipping ?? 0);
  const boosted = { ...rule, pointsPerUnit: rule.pointsPerUnit.times(multiplier) };
  return computeEarn(Decimal.max(0, counts), boosted);
}
