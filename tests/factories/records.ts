import { ensureEarnRule } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { prisma, withShop, type Tx } from '~/platform/db/index.server';
import { cartsChanged } from '~/processes/carts-changed.server';
import { checkoutsChanged } from '~/processes/checkouts-changed.server';
import { consentChanged } from '~/processes/consent-changed.server';
import { customerTagsChanged } from '~/processes/customer-tags-changed.server';
import { customersChanged } from '~/processes/customers-changed.server';
import { customersMerged } from '~/processes/customers-merged.server';
import { fulfillmentsChanged } from '~/processes/fulfillments-changed.server';
import { ordersChanged } from '~/processes/orders-changed.server';
import { ordersDeleted } from '~/processes/orders-deleted.server';
import { productsChanged } from '~/processes/products-changed.server';
import { refundsCreated } from '~/processes/refunds-created.server';
import { minute } from './facts';

/** What happens when facts arrive, by their kind. */
const processes = {
  customers: customersChanged,
  tags: customerTagsChanged,
  merges: customersMerged,
  consents: consentChanged,
  products: productsChanged,
  checkouts: checkoutsChanged,
  carts: cartsChanged,
  orders: ordersChanged,
  deletions: ordersDeleted,
  refunds: refundsCreated,
  fulfillments: fulfillmentsChanged,
};

type FactsOf<K extends keyof typeof processes> = Parameters<(typeof processes)[K]>[1]['facts'];
export type Facts = { [K in keyof typeof processes]?: FactsOf<K> };

let shops = 0;

/** A shop of its own, installed long before the facts of the factories, with the default earn rule. */
export async function createShop(): Promise<number> {
  shops += 1;
  const now = new Date('2026-01-01T00:00:00Z');
  const { id: shopId } = await ensureShop(prisma(), { domain: `records-${shops}.myshopify.com`, now });
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now });
    await activateShop(tx, { shopId, now });
  });
  return shopId;
}

/** Lets facts arrive, kind by kind in the order given, in one transaction. */
export async function arrive(
  shopId: number,
  facts: Facts,
  options: { now?: Date; historic?: boolean } = {},
): Promise<void> {
  await withShop(shopId, (tx) => arriveIn(tx, shopId, facts, options));
}

/** The same in a transaction that has done its work and stays open, unseen by others, until it is told to commit. */
export async function arriveHeld(shopId: number, facts: Facts): Promise<{ commit: () => Promise<void> }> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let done: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    done = withShop(shopId, async (tx) => {
      await arriveIn(tx, shopId, facts, {});
      resolve();
      await held;
    });
    done.catch(reject);
  });
  return {
    commit: () => {
      release();
      return done;
    },
  };
}

async function arriveIn(
  tx: Tx,
  shopId: number,
  facts: Facts,
  { now = minute(60 * 24), historic = false }: { now?: Date; historic?: boolean },
): Promise<void> {
  for (const [kind, told] of Object.entries(facts)) {
    const process = processes[kind as keyof typeof processes] as (
      tx: Tx,
      input: { shopId: number; facts: unknown[]; now: Date; historic: boolean },
    ) => Promise<void>;
    await process(tx, { shopId, facts: told, now, historic });
  }
}
