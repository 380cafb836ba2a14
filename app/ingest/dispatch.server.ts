import type { Tx } from '~/platform/db/index.server';
import { appUninstalled } from '~/processes/app-uninstalled.server';
import { cartsChanged } from '~/processes/carts-changed.server';
import { checkoutsChanged } from '~/processes/checkouts-changed.server';
import { collectionsChanged } from '~/processes/collections-changed.server';
import { consentChanged } from '~/processes/consent-changed.server';
import { customerRedacted } from '~/processes/customer-redacted.server';
import { customerTagsChanged } from '~/processes/customer-tags-changed.server';
import { customersChanged } from '~/processes/customers-changed.server';
import { customersMerged } from '~/processes/customers-merged.server';
import { dataRequested } from '~/processes/data-requested.server';
import { discountsChanged } from '~/processes/discounts-changed.server';
import { discountsDeleted } from '~/processes/discounts-deleted.server';
import { fulfillmentsChanged } from '~/processes/fulfillments-changed.server';
import { ordersChanged } from '~/processes/orders-changed.server';
import { ordersDeleted } from '~/processes/orders-deleted.server';
import { productsChanged } from '~/processes/products-changed.server';
import { refundsCreated } from '~/processes/refunds-created.server';
import { shopChanged } from '~/processes/shop-changed.server';
import { shopRedacted } from '~/processes/shop-redacted.server';
import type { Facts } from './facts';

interface DispatchInput {
  shopId: number;
  facts: Facts;
  now: Date;
  historic: boolean;
}

/**
 * The one place that says which process hears of which facts, and in which order: who before what they did, an order
 * before its refunds, the end of the shop last. A subject may be told of several times in one batch, in any order: the
 * processes see every telling, because even an old one may say something no other does (that an order was paid, when).
 */
export async function dispatch(tx: Tx, input: DispatchInput): Promise<void> {
  const { shopId, facts, now, historic } = input;
  const tell = async <T>(
    process: (
      tx: Tx,
      input: { shopId: number; facts: T[]; now: Date; historic: boolean },
    ) => Promise<unknown>,
    told: T[],
  ) => {
    if (told.length > 0) await process(tx, { shopId, facts: told, now, historic });
  };

  await tell(customersChanged, facts.customers);
  await tell(customerTagsChanged, facts.customerTags);
  await tell(customersMerged, facts.merges);
  await tell(consentChanged, facts.consents);
  await tell(productsChanged, facts.products);
  await tell(collectionsChanged, facts.collections);
  await tell(checkoutsChanged, facts.checkouts);
  await tell(cartsChanged, facts.carts);
  await tell(ordersChanged, facts.orders);
  await tell(ordersDeleted, facts.orderDeletions);
  await tell(refundsCreated, facts.refunds);
  await tell(fulfillmentsChanged, facts.fulfillments);
  await tell(discountsDeleted, facts.discountDeletions);
  await tell(discountsChanged, facts.discountChanges);
  await tell(shopChanged, facts.shop);
  await tell(appUninstalled, facts.uninstalls);
  await tell(dataRequested, facts.dataRequests);
  await tell(customerRedacted, facts.customerRedactions);
  await tell(shopRedacted, facts.shopRedactions);
}
