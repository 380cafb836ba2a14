import type { OrderFact } from './types';

// Shopify's `updated_at` counts seconds, and one payment makes three deliveries within one. Facts of the same moment are
// told apart by how far along they say the order is, then by their content: any rule will do that gives the same answer
// in every order of arrival, and this one is right when it matters.

const financial = [
  'pending',
  'authorized',
  'expired',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
];
const fulfillment = ['restocked', 'partial', 'fulfilled'];
const paid = new Set(['paid', 'partially_refunded', 'refunded']);

/** Whether this fact says that the money has come (it may have gone back since). */
export function saysPaid(fact: OrderFact): boolean {
  return fact.financialStatus !== null && paid.has(fact.financialStatus);
}

/** Sorts facts of one moment: the one further along, then the greater content. `hash` is taken from `content`. */
export function orderVersion(fact: OrderFact, hash: string): string {
  const progress = [
    fact.cancelledAt === null ? 0 : 1,
    financial.indexOf(fact.financialStatus ?? '') + 1,
    fulfillment.indexOf(fact.fulfillmentStatus ?? '') + 1,
  ];
  return `${progress.join('')}-${String(fact.refunds.length).padStart(3, '0')}-${hash}`;
}
