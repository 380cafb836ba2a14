import type { CheckoutFact } from '~/modules/carts/types';
import type { ConsentFact } from '~/modules/consent/types';
import type { CustomerFact, CustomerMergeFact, CustomerTagsFact } from '~/modules/customers/types';
import type { DiscountFact } from '~/modules/loyalty/types';
import type {
  CollectionFact,
  FulfillmentFact,
  OrderDeletedFact,
  OrderFact,
  ProductFact,
  RefundFact,
} from '~/modules/orders/types';
import type { CustomerRedactFact, DataRequestFact, ShopRedactFact } from '~/modules/privacy/types';
import type { ShopFact, UninstallFact } from '~/modules/shops/types';
import type { BulkOperationFact } from './payloads/bulk-operation';

/** What a batch tells, kind by kind, in the order it came. A webhook fills one list with one fact, an import one with many. */
export interface Facts {
  customers: CustomerFact[];
  customerTags: CustomerTagsFact[];
  merges: CustomerMergeFact[];
  consents: ConsentFact[];
  products: ProductFact[];
  collections: CollectionFact[];
  checkouts: CheckoutFact[];
  carts: CheckoutFact[];
  orders: OrderFact[];
  orderDeletions: OrderDeletedFact[];
  refunds: RefundFact[];
  fulfillments: FulfillmentFact[];
  discountDeletions: DiscountFact[];
  discountChanges: DiscountFact[];
  shop: ShopFact[];
  uninstalls: UninstallFact[];
  bulkOperations: BulkOperationFact[];
  dataRequests: DataRequestFact[];
  customerRedactions: CustomerRedactFact[];
  shopRedactions: ShopRedactFact[];
}

export function noFacts(): Facts {
  return {
    customers: [],
    customerTags: [],
    merges: [],
    consents: [],
    products: [],
    collections: [],
    checkouts: [],
    carts: [],
    orders: [],
    orderDeletions: [],
    refunds: [],
    fulfillments: [],
    discountDeletions: [],
    discountChanges: [],
    shop: [],
    uninstalls: [],
    bulkOperations: [],
    dataRequests: [],
    customerRedactions: [],
    shopRedactions: [],
  };
}
