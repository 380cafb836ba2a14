import type { OrderTrace } from '~/modules/orders/types';
import { canonicalEmail } from '~/platform/mailbox';
import type { Barrier } from './compute-commission';
import type { CommissionRule, Via } from './types';

/** Everything attribution asks, but the orders themselves. */
export interface AttributionWorld {
  codes: { code: string; affiliateId: bigint; fromAt: Date; toAt: Date | null }[]; // in lower case
  clicks: Map<string, { affiliateId: bigint; clickedAt: Date }>; // by token
  spans: { affiliateId: bigint; groupId: number; fromAt: Date; toAt: Date | null }[];
  rules: CommissionRule[]; // of all groups, by version
  emails: Map<bigint, string>; // of affiliates
  addresses: Map<bigint, string[]>; // of the people who ordered
  ownOrders: Set<bigint>; // known to be bought by the affiliate, also after an erasure
}

export interface Attribution {
  order: OrderTrace;
  affiliateId: bigint;
  via: Via;
  code: string | null;
  rule: CommissionRule;
  isOwn: boolean;
  barrier: Barrier;
}

interface Direct {
  affiliateId: bigint;
  via: Via;
  code: string | null;
  rule: CommissionRule;
}

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Whose each of these orders is: all orders of some people, and orders of nobody, oldest first. A code stands above a link, and
 * both above the affiliate who brought the person earlier (where the rule is for life). What counts is what was true when the
 * order was placed: whose the code was, who was approved and in which group, and the rule in force.
 *
 * Pure: the same orders give the same answer, in whatever order they came to be known.
 */
export function attributeOrders(orders: OrderTrace[], world: AttributionWorld): Attribution[] {
  const people = new Map<bigint, OrderTrace[]>();
  const attributions: Attribution[] = [];
  for (const order of orders) {
    if (order.profileId === null) attributions.push(...attributePerson([order], world));
    else people.set(order.profileId, [...(people.get(order.profileId) ?? []), order]);
  }
  for (const theirs of people.values()) attributions.push(...attributePerson(theirs, world));
  return attributions;
}

function attributePerson(orders: OrderTrace[], world: AttributionWorld): Attribution[] {
  const real = orders.filter(({ test }) => !test);
  const attributions: Attribution[] = [];
  const broughtNew = new Map<bigint, boolean>(); // by affiliate: whether the person was new when first brought
  const brought = new Set<bigint>(); // affiliates who brought an order that was not called off
  let forLife: bigint | null = null;
  for (const order of real) {
    const direct: Direct | null =
      byCode(order, world) ?? byLink(order, world) ?? forCustomer(order, forLife, world);
    if (!direct) continue;
    const affiliateId: bigint = direct.affiliateId;
    const { rule } = direct;
    const isOwn = isOwnOrder(order, affiliateId, world);
    const isFirst = !brought.has(affiliateId);
    if (!order.ended) brought.add(affiliateId);
    if (!broughtNew.has(affiliateId)) broughtNew.set(affiliateId, order === real[0]);
    const wasNew = broughtNew.get(affiliateId) ?? false;
    if (rule.scope === 'lifetime') forLife ??= affiliateId;
    attributions.push({ ...direct, order, isOwn, barrier: barrierOf(rule, { isOwn, isFirst, wasNew }) });
  }
  return attributions;
}

function barrierOf(
  rule: CommissionRule,
  { isOwn, isFirst, wasNew }: { isOwn: boolean; isFirst: boolean; wasNew: boolean },
): Barrier {
  if (isOwn) return 'own_order';
  if (rule.newCustomersOnly && !wasNew) return 'known_customer';
  return rule.scope === 'first_order' && !isFirst ? 'later_order' : null;
}

function byCode(order: OrderTrace, world: AttributionWorld): Direct | null {
  for (const code of order.codes) {
    const found = world.codes.find((one) => one.code === code && isIn(one, order.processedAt));
    const rule = found && ruleFor(found.affiliateId, order.processedAt, world);
    if (found && rule) return { affiliateId: found.affiliateId, via: 'code', code, rule };
  }
  return null;
}

function byLink(order: OrderTrace, world: AttributionWorld): Direct | null {
  const click = order.clickToken === null ? undefined : world.clicks.get(order.clickToken);
  if (!click) return null;
  const rule = ruleFor(click.affiliateId, order.processedAt, world);
  const age = order.processedAt.getTime() - wholeSecond(click.clickedAt);
  if (!rule || age < 0 || age > rule.windowDays * dayMs) return null;
  return { affiliateId: click.affiliateId, via: 'link', code: null, rule };
}

function forCustomer(order: OrderTrace, forLife: bigint | null, world: AttributionWorld): Direct | null {
  const rule = forLife === null ? null : ruleFor(forLife, order.processedAt, world);
  if (forLife === null || rule?.scope !== 'lifetime') return null;
  return { affiliateId: forLife, via: 'customer', code: null, rule };
}

function ruleFor(affiliateId: bigint, at: Date, world: AttributionWorld): CommissionRule | null {
  const span = world.spans.find((one) => one.affiliateId === affiliateId && isIn(one, at));
  if (!span) return null;
  const versions = world.rules.filter(({ groupId }) => groupId === span.groupId);
  return versions.findLast(({ effectiveFrom }) => effectiveFrom <= at) ?? versions[0] ?? null;
}

/** By mailbox, however its address is written, of the order or of whoever placed it. */
function isOwnOrder(order: OrderTrace, affiliateId: bigint, world: AttributionWorld): boolean {
  if (world.ownOrders.has(order.orderId)) return true;
  const email = world.emails.get(affiliateId);
  if (email === undefined) return false;
  const buyers = order.profileId === null ? [] : (world.addresses.get(order.profileId) ?? []);
  const theirs = order.email === null ? buyers : [order.email, ...buyers];
  return theirs.some((address) => canonicalEmail(address) === canonicalEmail(email));
}

function isIn({ fromAt, toAt }: { fromAt: Date; toAt: Date | null }, at: Date): boolean {
  return wholeSecond(fromAt) <= at.getTime() && (toAt === null || at < toAt);
}

/** Shopify tells when an order was placed in whole seconds: what happened within that second happened before it. */
function wholeSecond(moment: Date): number {
  return Math.floor(moment.getTime() / 1_000) * 1_000;
}
