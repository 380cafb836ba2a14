import { z } from 'zod';
import { findCustomerByEmail } from '../actions/find';
import { findRedeemCode } from '../state/discount-codes';
import { fromGid } from '../state/ids';
import type { BulkOperation } from './bulk-operations';
import { badRequest, connect } from './connection';
import type { ApiContext, Arguments, View } from './context';
import { search } from './search-query';
import { customerView, listCustomers } from './views/customer';
import { codeCreationView, discountNodeView } from './views/discount';
import { giftCardView, listGiftCards } from './views/gift-card';
import { listOrders, orderView, refundView } from './views/order';
import { listProducts, listVariants, productView, variantView } from './views/product';
import { appInstallationView, shopView } from './views/shop';

/** The part of the bulk operations that queries read. */
export interface BulkReader {
  list(shop: ApiContext['shop']): BulkOperation[];
  find(shop: ApiContext['shop'], id: bigint): BulkOperation | null;
  view(operation: BulkOperation): View;
}

const idSchema = z.object({ id: z.string() });
const idsSchema = z.object({ ids: z.array(z.string()) });
const identifierSchema = z.object({
  identifier: z.object({
    id: z.string().nullish(),
    emailAddress: z.string().nullish(),
    phoneNumber: z.string().nullish(),
  }),
});
const querySchema = z.object({ query: z.string().nullish() });

function findNode(api: ApiContext, bulk: BulkReader, gid: string): View | null {
  const kind = /^gid:\/\/shopify\/([A-Za-z]+)\/\d+/.exec(gid)?.[1];
  if (kind === undefined) throw badRequest(`Invalid global id '${gid}'`);
  const id = fromGid(kind, gid);
  const { shop } = api;
  switch (kind) {
    case 'Customer':
      return mapFound(
        shop.customers.find((customer) => customer.id === id),
        (customer) => customerView(api, customer),
      );
    case 'Order':
      return mapFound(
        shop.orders.find((order) => order.id === id),
        (order) => orderView(api, order),
      );
    case 'Product':
      return mapFound(
        shop.products.find((product) => product.id === id),
        (product) => productView(api, product),
      );
    case 'ProductVariant': {
      const product = shop.products.find(({ variants }) => variants.some((variant) => variant.id === id));
      const variant = product?.variants.find((candidate) => candidate.id === id);
      return product === undefined || variant === undefined ? null : variantView(api, product, variant);
    }
    case 'Refund': {
      const order = shop.orders.find(({ refunds }) => refunds.some((refund) => refund.id === id));
      const refund = order?.refunds.find((candidate) => candidate.id === id);
      return order === undefined || refund === undefined ? null : refundView(api, order, refund);
    }
    case 'DiscountCodeNode':
      return mapFound(
        shop.discounts.find((discount) => discount.id === id),
        (discount) => discountNodeView(api, discount),
      );
    case 'DiscountRedeemCodeBulkCreation':
      return mapFound(
        shop.codeCreations.find((creation) => creation.id === id),
        (creation) => codeCreationView(api, creation),
      );
    case 'GiftCard':
      return mapFound(
        shop.giftCards.find((card) => card.id === id),
        (card) => giftCardView(api, card),
      );
    case 'BulkOperation':
      return id === null
        ? null
        : mapFound(bulk.find(shop, id) ?? undefined, (operation) => bulk.view(operation));
    case 'Shop':
      return id === shop.id ? shopView(api) : null;
    case 'AppInstallation':
      return appInstallationView(api);
    default:
      throw badRequest(`The stand-in does not implement nodes of type ${kind}.`);
  }
}

function mapFound<T>(found: T | undefined, view: (found: T) => View): View | null {
  return found === undefined ? null : view(found);
}

function nodeOf(api: ApiContext, bulk: BulkReader, kind: string) {
  return (args: Arguments) => {
    const { id } = idSchema.parse(args);
    if (!id.startsWith(`gid://shopify/${kind}/`)) throw badRequest(`Invalid id: ${id}`);
    return findNode(api, bulk, id);
  };
}

function findByIdentifier(api: ApiContext, args: Arguments): View | null {
  const { identifier } = identifierSchema.parse(args);
  if (identifier.id != null) {
    const id = fromGid('Customer', identifier.id);
    return mapFound(
      api.shop.customers.find((customer) => customer.id === id),
      (customer) => customerView(api, customer),
    );
  }
  if (identifier.emailAddress != null) {
    return mapFound(findCustomerByEmail(api.shop, identifier.emailAddress) ?? undefined, (customer) =>
      customerView(api, customer),
    );
  }
  const { phoneNumber } = identifier;
  return mapFound(
    api.shop.customers.find(({ phone }) => phone !== null && phone === phoneNumber),
    (customer) => customerView(api, customer),
  );
}

/** The fields of `QueryRoot` that the stand-in answers. */
export function queryRoot(api: ApiContext, bulk: BulkReader): View {
  return {
    __typename: 'QueryRoot',
    shop: () => shopView(api),
    currentAppInstallation: () => appInstallationView(api),
    node: (args: Arguments) => findNode(api, bulk, idSchema.parse(args).id),
    nodes: (args: Arguments) => idsSchema.parse(args).ids.map((id) => findNode(api, bulk, id)),
    customer: nodeOf(api, bulk, 'Customer'),
    customerByIdentifier: (args: Arguments) => findByIdentifier(api, args),
    customers: (args: Arguments) => listCustomers(api, args),
    customersCount: () => ({ __typename: 'Count', count: api.shop.customers.length, precision: 'EXACT' }),
    order: nodeOf(api, bulk, 'Order'),
    orders: (args: Arguments) => listOrders(api, args),
    ordersCount: () => ({ __typename: 'Count', count: api.shop.orders.length, precision: 'EXACT' }),
    product: nodeOf(api, bulk, 'Product'),
    products: (args: Arguments) => listProducts(api, args),
    productsCount: () => ({ __typename: 'Count', count: api.shop.products.length, precision: 'EXACT' }),
    productVariant: nodeOf(api, bulk, 'ProductVariant'),
    productVariants: (args: Arguments) => listVariants(api, args),
    codeDiscountNode: nodeOf(api, bulk, 'DiscountCodeNode'),
    codeDiscountNodeByCode: (args: Arguments) => {
      const { code } = z.object({ code: z.string() }).parse(args);
      return mapFound(findRedeemCode(api.shop, code)?.discount, (discount) =>
        discountNodeView(api, discount),
      );
    },
    discountRedeemCodeBulkCreation: nodeOf(api, bulk, 'DiscountRedeemCodeBulkCreation'),
    giftCard: nodeOf(api, bulk, 'GiftCard'),
    giftCards: (args: Arguments) => listGiftCards(api, args),
    bulkOperation: nodeOf(api, bulk, 'BulkOperation'),
    currentBulkOperation: () => mapFound(bulk.list(api.shop).at(-1), (operation) => bulk.view(operation)),
    bulkOperations: (args: Arguments) => {
      const { query } = querySchema.parse(args);
      const found = search(bulk.list(api.shop), query ?? null, {
        id: ({ id }) => id,
        status: ({ status }) => status,
        operation_type: () => 'QUERY',
        created_at: ({ createdAt }) => new Date(createdAt),
      });
      return connect(api, 'BulkOperation', args, found, (operation) => bulk.view(operation));
    },
  };
}
