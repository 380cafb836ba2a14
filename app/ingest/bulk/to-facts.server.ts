import type { BackfillKind } from '~/modules/shops/types';
import type { ShopifyClient } from '~/platform/shopify/index.server';
import { errorText } from '~/platform/errors';
import { noFacts, type Facts } from '../facts';
import { fetchRefunds } from './fetch-refunds.server';
import type { BulkNode } from './group-nodes';
import { readBulkCustomer } from './read-customer';
import { readBulkOrder } from './read-order';
import { readBulkProduct } from './read-product';

/** What a run of nodes tells, and what could not be read of it. */
export interface BulkFacts {
  facts: Facts;
  unreadable: string[];
}

/** Turns nodes into the facts webhooks would have told. A node that can't be read costs the others nothing. */
export async function toFacts(
  kind: BackfillKind,
  nodes: BulkNode[],
  client: ShopifyClient,
): Promise<BulkFacts> {
  const facts = noFacts();
  const unreadable: string[] = [];
  const refundIds: string[] = [];
  const read = { products: readProductInto, customers: readCustomerInto, orders: readOrderInto }[kind];
  for (const node of nodes) {
    try {
      read(facts, node, refundIds);
    } catch (error) {
      unreadable.push(`${String(node.node.id)}: ${errorText(error)}`);
    }
  }
  facts.refunds.push(...(await fetchRefunds(client, refundIds)));
  return { facts, unreadable };
}

function readProductInto(facts: Facts, node: BulkNode): void {
  facts.products.push(readBulkProduct(node));
}

function readCustomerInto(facts: Facts, node: BulkNode): void {
  const { customer, consent } = readBulkCustomer(node);
  facts.customers.push(customer);
  if (consent) facts.consents.push(consent);
}

function readOrderInto(facts: Facts, node: BulkNode, refundIds: string[]): void {
  const { order, refundIds: own } = readBulkOrder(node);
  facts.orders.push(order);
  refundIds.push(...own);
}
