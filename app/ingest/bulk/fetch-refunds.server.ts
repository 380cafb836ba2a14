import type { RefundFact } from '~/modules/orders/types';
import { operations, type ShopifyClient } from '~/platform/shopify/index.server';
import { readRefundNode, type RefundNode } from './read-order';

const perRequest = 5; // with 50 lines each: about half of what one query may cost
const usualLines = 50;
const mostLines = 250;

/** Refunds in full, by id. One that is gone meanwhile is left out. */
export async function fetchRefunds(client: ShopifyClient, ids: string[]): Promise<RefundFact[]> {
  const facts: RefundFact[] = [];
  for (let from = 0; from < ids.length; from += perRequest) {
    const found = await ask(client, ids.slice(from, from + perRequest), usualLines);
    const whole = found.filter((refund) => !refund.refundLineItems.pageInfo.hasNextPage);
    facts.push(...whole.map(readRefundNode));
    for (const refund of found) {
      if (refund.refundLineItems.pageInfo.hasNextPage)
        facts.push(...(await ask(client, [refund.id], mostLines)).map(readRefundNode));
    }
  }
  return facts;
}

async function ask(client: ShopifyClient, ids: string[], lines: number): Promise<RefundNode[]> {
  const { nodes } = await client.request(operations.refundDetails, { ids, lines });
  return nodes.flatMap((node) => (node && 'refundLineItems' in node ? [node] : []));
}
