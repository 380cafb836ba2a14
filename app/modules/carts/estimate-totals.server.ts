import { listVariantPrices } from '~/modules/orders/index.server';
import type { Tx } from '~/platform/db/index.server';
import { decimal, sum } from '~/platform/money';
import type { CheckoutFact } from './types';

/**
 * What checkouts come to in shop currency, by token, where they were told in the customer's alone: the goods at the shop's own
 * prices, before discounts, shipping and tax. Goods of no known price count nothing.
 */
export async function estimateTotals(
  tx: Tx,
  input: { shopId: number; facts: CheckoutFact[] },
): Promise<Map<string, string>> {
  const foreign = input.facts.filter(({ total }) => total === null);
  const lines = foreign.flatMap((fact) => fact.lines);
  const variantIds = [...new Set(lines.flatMap(({ variantId }) => variantId ?? []))].map(BigInt);
  const prices = await listVariantPrices(tx, { shopId: input.shopId, variantIds });
  const worth = ({ variantId, quantity }: CheckoutFact['lines'][number]) =>
    decimal((variantId !== null && prices.get(BigInt(variantId))) || '0').times(quantity);
  return new Map(foreign.map((fact) => [fact.token, sum(fact.lines.map(worth)).toString()]));
}
