/** What a shop consists of. One zod schema per thing: it types the code and checks the data file. */
import { z } from 'zod';

const id = z.bigint();
const time = z.string();
/** Money in the smallest unit of the shop's currency. */
const cents = z.number().int();

export const addressSchema = z.object({
  firstName: z.string(),
  lastName: z.string(),
  address1: z.string(),
  zip: z.string(),
  city: z.string(),
  countryCode: z.string(),
  country: z.string(),
});
export type Address = z.infer<typeof addressSchema>;

export const CONSENT_STATES = [
  'not_subscribed',
  'pending',
  'subscribed',
  'unsubscribed',
  'invalid',
  'redacted',
] as const;
export const OPT_IN_LEVELS = ['single_opt_in', 'confirmed_opt_in', 'unknown'] as const;
export const consentSchema = z.object({
  state: z.enum(CONSENT_STATES),
  optInLevel: z.enum(OPT_IN_LEVELS).nullable(),
  updatedAt: time.nullable(),
});
export type Consent = z.infer<typeof consentSchema>;

export const customerSchema = z.object({
  id,
  email: z.string().nullable(),
  phone: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  locale: z.string(),
  note: z.string().nullable(),
  tags: z.array(z.string()),
  consent: consentSchema,
  address: addressSchema.nullable(),
  createdAt: time,
  updatedAt: time,
});
export type Customer = z.infer<typeof customerSchema>;

export const variantSchema = z.object({
  id,
  inventoryItemId: id,
  title: z.string(),
  sku: z.string(),
  price: cents,
  compareAtPrice: cents.nullable(),
  unitCost: cents.nullable(),
  inventoryQuantity: z.number().int(),
});
export type Variant = z.infer<typeof variantSchema>;

export const productSchema = z.object({
  id,
  title: z.string(),
  handle: z.string(),
  description: z.string(),
  vendor: z.string(),
  productType: z.string(),
  tags: z.array(z.string()),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'DRAFT']),
  art: z.string(),
  variants: z.array(variantSchema),
  createdAt: time,
  updatedAt: time,
});
export type Product = z.infer<typeof productSchema>;

export const collectionSchema = z.object({
  id,
  title: z.string(),
  handle: z.string(),
  productIds: z.array(id),
  updatedAt: time,
});
export type Collection = z.infer<typeof collectionSchema>;

export const cartLineSchema = z.object({ variantId: id, quantity: z.number().int().positive() });
export type CartLine = z.infer<typeof cartLineSchema>;

export const attributeSchema = z.object({ name: z.string(), value: z.string() });
export type Attribute = z.infer<typeof attributeSchema>;

export const cartSchema = z.object({
  token: z.string(),
  lines: z.array(cartLineSchema),
  attributes: z.array(attributeSchema),
  createdAt: time,
  updatedAt: time,
});
export type Cart = z.infer<typeof cartSchema>;

export const checkoutSchema = z.object({
  token: z.string(),
  cartToken: z.string(),
  email: z.string().nullable(),
  customerId: id.nullable(),
  /** True when the buyer is logged in; an e-mail typed at checkout is not a login. */
  loggedIn: z.boolean(),
  acceptsMarketing: z.boolean(),
  locale: z.string(),
  address: addressSchema.nullable(),
  lines: z.array(cartLineSchema),
  discountCode: z.string().nullable(),
  attributes: z.array(attributeSchema),
  orderId: id.nullable(),
  createdAt: time,
  updatedAt: time,
  completedAt: time.nullable(),
});
export type Checkout = z.infer<typeof checkoutSchema>;

export const discountSchema = z.object({
  id,
  title: z.string(),
  code: z.string(),
  kind: z.enum(['percentage', 'fixed_amount', 'free_shipping']),
  /** Percent (0-100) or cents; 100 for free shipping. */
  value: z.number(),
  minimumSubtotal: cents.nullable(),
  /** What it takes something off; empty: everything. */
  variantIds: z.array(id).default([]),
  /** Empty: everybody. */
  customerIds: z.array(id),
  usageLimit: z.number().int().nullable(),
  appliesOncePerCustomer: z.boolean(),
  usedBy: z.array(z.string()),
  /** Codes added to the first in bulk. What limits uses limits those of each code by itself. */
  moreCodes: z.array(z.object({ id, code: z.string(), usedBy: z.array(z.string()) })).default([]),
  startsAt: time,
  endsAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
});
export type Discount = z.infer<typeof discountSchema>;

/** Codes that are added to a discount in bulk, a moment after that was asked for. */
export const codeCreationSchema = z.object({
  id,
  discountId: id,
  codes: z.array(z.object({ code: z.string(), redeemId: id.nullable(), taken: z.boolean() })),
  done: z.boolean(),
  createdAt: time,
});
export type CodeCreation = z.infer<typeof codeCreationSchema>;

export const giftCardSchema = z.object({
  id,
  code: z.string(),
  customerId: id.nullable(),
  value: cents,
  balance: cents,
  note: z.string().nullable(),
  /** YYYY-MM-DD */
  expiresOn: z.string().nullable(),
  deactivatedAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
});
export type GiftCard = z.infer<typeof giftCardSchema>;

/** Money of a customer. Only what was put in is known here: the stand-in's checkout spends none. */
const storeCreditSchema = z.object({
  id,
  accountId: id,
  customerId: id,
  amount: cents,
  expiresAt: time.nullable(),
  notify: z.boolean(),
  createdAt: time,
});

export const orderLineSchema = z.object({
  id,
  productId: id.nullable(),
  variantId: id.nullable(),
  title: z.string(),
  variantTitle: z.string(),
  sku: z.string(),
  vendor: z.string(),
  price: cents,
  quantity: z.number().int(),
  /** After edits and refunds. */
  currentQuantity: z.number().int(),
  fulfilledQuantity: z.number().int(),
  /** Share of the order's discount for the whole line. */
  discount: cents,
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const refundSchema = z.object({
  id,
  transactionId: id,
  note: z.string().nullable(),
  lines: z.array(z.object({ id, lineId: id, quantity: z.number().int(), subtotal: cents })),
  shipping: cents,
  /** Money given back without a line: a goodwill amount. */
  adjustment: cents,
  adjustmentId: id,
  amount: cents,
  createdAt: time,
});
export type Refund = z.infer<typeof refundSchema>;

export const fulfillmentSchema = z.object({
  id,
  name: z.string(),
  lines: z.array(z.object({ id, lineId: id, quantity: z.number().int() })),
  trackingNumber: z.string(),
  trackingCompany: z.string(),
  deliveredAt: time.nullable(),
  createdAt: time,
  updatedAt: time,
});
export type Fulfillment = z.infer<typeof fulfillmentSchema>;

export const orderSchema = z.object({
  id,
  number: z.number().int(),
  cartToken: z.string().nullable(),
  checkoutToken: z.string().nullable(),
  email: z.string().nullable(),
  customerId: id.nullable(),
  locale: z.string(),
  acceptsMarketing: z.boolean(),
  lines: z.array(orderLineSchema),
  shipping: cents,
  discount: z
    .object({
      code: z.string(),
      kind: z.enum(['percentage', 'fixed_amount', 'free_shipping']),
      value: z.number(),
      amount: cents,
    })
    .nullable(),
  address: addressSchema.nullable(),
  attributes: z.array(attributeSchema),
  tags: z.array(z.string()),
  note: z.string().nullable(),
  landingSite: z.string().nullable(),
  referringSite: z.string().nullable(),
  paid: cents,
  saleTransactionId: id,
  refunds: z.array(refundSchema),
  fulfillments: z.array(fulfillmentSchema),
  edited: z.boolean(),
  cancelReason: z.string().nullable(),
  cancelledAt: time.nullable(),
  closedAt: time.nullable(),
  createdAt: time,
  processedAt: time,
  updatedAt: time,
});
export type Order = z.infer<typeof orderSchema>;

export const metafieldSchema = z.object({
  id,
  ownerGid: z.string(),
  namespace: z.string(),
  key: z.string(),
  type: z.string(),
  value: z.string(),
  createdAt: time,
  updatedAt: time,
});
export type Metafield = z.infer<typeof metafieldSchema>;

const metafieldDefinitionSchema = z.object({
  ownerType: z.string(),
  namespace: z.string(),
  key: z.string(),
  type: z.string(),
  /** Whether themes and the Storefront API may read it. */
  storefront: z.boolean(),
});

/** Times here are real: tokens never follow the store's clock. */
export const accessTokenSchema = z.object({
  accessToken: z.string(),
  expiresAtMs: z.number().nullable(),
  refreshToken: z.string().nullable(),
  refreshExpiresAtMs: z.number().nullable(),
  refreshUsed: z.boolean(),
  scopes: z.array(z.string()),
});
export type AccessToken = z.infer<typeof accessTokenSchema>;

export const shopSchema = z.object({
  id,
  domain: z.string(),
  name: z.string(),
  email: z.string(),
  ownerName: z.string(),
  currency: z.string(),
  ianaTimezone: z.string(),
  countryCode: z.string(),
  countryName: z.string(),
  locale: z.string(),
  planName: z.string(),
  /** Tax contained in prices, in percent. */
  taxPercent: z.number(),
  flatShipping: cents,
  freeShippingFrom: cents,
  accent: z.string(),
  tagline: z.string(),
  installed: z.boolean(),
  scopes: z.array(z.string()),
  tokens: z.array(accessTokenSchema),
  nextOrderNumber: z.number().int(),
  customers: z.array(customerSchema),
  products: z.array(productSchema),
  collections: z.array(collectionSchema).default([]), // a demo kept from before has none
  carts: z.array(cartSchema),
  checkouts: z.array(checkoutSchema),
  orders: z.array(orderSchema),
  discounts: z.array(discountSchema),
  codeCreations: z.array(codeCreationSchema).default([]),
  giftCards: z.array(giftCardSchema).default([]),
  storeCredits: z.array(storeCreditSchema).default([]),
  metafields: z.array(metafieldSchema),
  /** What the app has told Shopify Flow, newest last. */
  flowTriggers: z
    .array(z.object({ handle: z.string(), payload: z.record(z.string(), z.unknown()), at: time }))
    .default([]),
  metafieldDefinitions: z.array(metafieldDefinitionSchema).default([]),
  createdAt: time,
  updatedAt: time,
});
export type Shop = z.infer<typeof shopSchema>;

export const stateSchema = z.object({
  version: z.literal(1),
  clockOffsetMs: z.number().int(),
  /** Last id given out, by kind. */
  lastIds: z.record(z.string(), z.bigint()),
  shops: z.array(shopSchema),
});
export type State = z.infer<typeof stateSchema>;
