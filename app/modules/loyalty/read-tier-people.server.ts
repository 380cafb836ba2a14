import { listOrdersOfProfiles } from '~/modules/orders/index.server';
import type { OrderMoney } from '~/modules/orders/types';
import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { groupBy } from '~/platform/group-by';
import { applyGoodsList } from './apply-goods-list.server';
import { defaultEarnRule } from './default-earn-rule';
import { ruleOfOrder } from './judge-order';
import { readOrderLedgers } from './order-ledger.server';
import type { PersonOrder } from './qualifying-history';
import { readEarnRules } from './read-earn-rules.server';
import type { EarnRule } from './types';

/** What tiers are computed from. */
export interface TierPeople {
  timeZone: string;
  orders: Map<bigint, PersonOrder[]>; // by person; somebody without orders is not in it
}

/** Every order of these people, with the rule its points go by when that matters (`withRules`). */
export async function readTierPeople(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; withRules: boolean; now: Date },
): Promise<TierPeople> {
  const { shopId, now } = input;
  const { timeZone } = await getShop(tx, { shopId });
  const orders = await listOrdersOfProfiles(tx, input);
  const rules = await readRules(tx, shopId, now);
  const orderIds = [...orders.values()].flatMap((its) => its.map(({ orderId }) => orderId));
  const ledgers = input.withRules
    ? await readOrderLedgers(tx, { shopId, orderIds })
    : new Map<bigint, never>();
  const withRule = (order: OrderMoney) => ({
    order,
    rule: ruleOfOrder(order, ledgers.get(order.orderId), rules, now),
  });
  const people = [...orders].map(([profileId, its]) => ({ profileId, ruled: its.map(withRule) }));
  if (!input.withRules) return { timeZone, orders: new Map(people.map((one) => [one.profileId, one.ruled])) };
  const ruled = await applyGoodsList(tx, {
    shopId,
    ruled: people.flatMap((one) => one.ruled.map((its) => ({ ...its, profileId: one.profileId }))),
  });
  return { timeZone, orders: groupBy(ruled, ({ profileId }) => profileId) };
}

async function readRules(tx: Tx, shopId: number, now: Date): Promise<[EarnRule, ...EarnRule[]]> {
  const [first = { ...defaultEarnRule, effectiveFrom: now }, ...later] = await readEarnRules(tx, { shopId });
  return [first, ...later];
}
