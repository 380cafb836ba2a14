import { contentHash } from '~/platform/crypto.server';
import { orderVersion, saysPaid } from './fact-version';
import type { OrderFact } from './types';

/** All that a batch tells about one order: the newest fact, and what the older ones add. */
export interface OrderChange {
  fact: OrderFact;
  version: string;
  profileId: bigint | null;
  isForgotten: boolean; // it named a person who was erased: kept without personal data
  paidSeenAt: Date | null;
  unpaidSeen: boolean;
  historic: boolean;
  unitCosts: Map<bigint, string>;
}

const unpaid = new Set(['pending', 'authorized', 'partially_paid']);

/** One change per order, in the order of ids (so that concurrent batches lock rows in the same order). */
export function orderChanges(input: {
  facts: OrderFact[];
  profileIds: (bigint | null)[] | undefined;
  historic: boolean;
  installedAt: Date | undefined;
}): OrderChange[] {
  const changes = new Map<bigint, OrderChange>();
  input.facts.forEach((fact, index) => {
    const known = changes.get(fact.id);
    const change = changeOf(fact, input, index);
    changes.set(fact.id, known ? combine(known, change) : change);
  });
  return [...changes.values()].sort((a, b) => (a.fact.id < b.fact.id ? -1 : 1));
}

function changeOf(
  fact: OrderFact,
  input: { profileIds: (bigint | null)[] | undefined; historic: boolean; installedAt: Date | undefined },
  index: number,
): OrderChange {
  const profileId = input.profileIds?.[index] ?? null;
  return {
    fact,
    version: orderVersion(fact, contentHash(contentOf(fact))),
    profileId,
    isForgotten: input.profileIds !== undefined && fact.person !== null && profileId === null,
    paidSeenAt: saysPaid(fact) ? fact.updatedAt : null,
    unpaidSeen: unpaid.has(fact.financialStatus ?? ''),
    historic: input.historic && (input.installedAt === undefined || fact.processedAt < input.installedAt),
    unitCosts: new Map(fact.lines.flatMap(({ id, unitCost }) => (unitCost == null ? [] : [[id, unitCost]]))),
  };
}

function combine(a: OrderChange, b: OrderChange): OrderChange {
  const newest = isNewer(b, a) ? b : a;
  const paid = [a.paidSeenAt, b.paidSeenAt]
    .filter((at) => at !== null)
    .sort((x, y) => x.getTime() - y.getTime());
  return {
    ...newest,
    fact: { ...newest.fact, clickToken: firstOf([a.fact.clickToken, b.fact.clickToken]) },
    paidSeenAt: paid[0] ?? null,
    unpaidSeen: a.unpaidSeen || b.unpaidSeen,
    historic: a.historic || b.historic,
    unitCosts: new Map([...a.unitCosts, ...b.unitCosts]),
  };
}

/** An order begins with one click; should it ever be told with two, any rule will do that knows no order of arrival. */
function firstOf(tokens: (string | null | undefined)[]): string | null {
  return tokens.flatMap((token) => token ?? []).sort()[0] ?? null;
}

function isNewer(a: OrderChange, b: OrderChange): boolean {
  const difference = a.fact.updatedAt.getTime() - b.fact.updatedAt.getTime();
  return difference === 0 ? a.version > b.version : difference > 0;
}

/** The parts of a fact that are stored, in a fixed order. Refunds are told apart by themselves. */
function contentOf(fact: OrderFact): string {
  const { person } = fact;
  const lines = fact.lines.map((line) =>
    [
      line.id,
      line.productId,
      line.variantId,
      line.title,
      line.sku,
      line.quantity,
      line.currentQuantity,
      line.price,
      line.discount,
      line.tax,
      line.isGiftCard,
    ].join('|'),
  );
  const codes = fact.discountCodes.map(({ code, kind, amount }) => `${code}|${kind}|${amount}`);
  return [
    fact.name,
    person?.shopifyCustomerId,
    person?.email ?? fact.email,
    person?.phone ?? fact.phone,
    fact.checkoutToken,
    fact.cartToken,
    fact.currency,
    fact.presentmentCurrency,
    fact.presentmentTotal,
    fact.shipping,
    fact.tax,
    fact.taxesIncluded,
    fact.discounts,
    fact.total,
    fact.financialStatus,
    fact.fulfillmentStatus,
    fact.test,
    fact.sourceName,
    fact.locale,
    fact.processedAt.getTime(),
    fact.cancelledAt?.getTime(),
    fact.cancelReason,
    fact.addressKey,
    fact.tags.toSorted().join(','),
    lines.sort().join('\n'),
    codes.sort().join('\n'),
  ].join('\n');
}
