import { withShop } from '~/platform/db/index.server';
import { Decimal, decimal } from '~/platform/money';
import { computeEarn } from './compute-earn';
import { findBalanceByCustomer } from './find-balance-by-customer.server';
import { readProgramme, type Programme } from './programme.server';
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
 * What a shopper sees at checkout: their points, and what this order would earn in their tier. In a currency that is not the shop's
 * `earns` is 0, because the rate of the day is not known here and no promise is better than a wrong one. A customer the
 * app has not heard of yet is a member with 0 points. One indexed read; rule and currency are kept for 30 seconds.
 */
export async function answerShopper(input: AnswerShopperInput): Promise<ShopperAnswer> {
  const { shopId, shopifyCustomerId, now } = input;
  const programme = await readProgramme(shopId, now);
  if (!programme.rule.enabled) return { status: 'off' };
  if (shopifyCustomerId === null) return { status: 'guest', earns: earnsOf(input, programme) };
  const found = await withShop(shopId, (tx) => findBalanceByCustomer(tx, { shopId, shopifyCustomerId }));
  const earns = earnsOf(input, programme, found?.multiplier);
  return { status: 'member', balance: found?.points ?? 0, pending: found?.pending ?? 0, earns };
}

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
