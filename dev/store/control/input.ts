import { z } from 'zod';
import { addressSchema, attributeSchema, CONSENT_STATES, OPT_IN_LEVELS } from '../state/model';

/** An id as digits, as a JSON number or inside a gid. */
export const idInput = z
  .union([
    z.string().regex(/^(?:gid:\/\/shopify\/[A-Za-z]+\/)?\d+$/, 'Expected an id or a gid'),
    z.number().int().nonnegative(),
  ])
  .transform((value) => BigInt(String(value).replace(/^.*\//, '')));

const quantity = z.coerce.number().int().positive();

/** Money comes as a decimal (12.5 or "12.50"). */
export const moneyInput = z.coerce.number().transform((amount) => Math.round(amount * 100));

const partialAddress = addressSchema.partial().transform((address) => ({
  firstName: address.firstName ?? '',
  lastName: address.lastName ?? '',
  address1: address.address1 ?? '',
  zip: address.zip ?? '',
  city: address.city ?? '',
  countryCode: address.countryCode ?? 'DE',
  country: address.country ?? 'Germany',
}));

const consentState = z.enum(CONSENT_STATES);

export const newCustomerInput = z.object({
  email: z.email().nullable().default(null),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  phone: z.string().nullish(),
  locale: z.string().optional(),
  tags: z.array(z.string()).optional(),
  address: partialAddress.nullish(),
  consent: z
    .union([
      consentState,
      z.boolean().transform((yes) => (yes ? ('subscribed' as const) : ('not_subscribed' as const))),
    ])
    .optional(),
});

export const customerChangeInput = z.object({
  email: z.email().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  phone: z.string().nullish(),
  note: z.string().nullish(),
  locale: z.string().optional(),
});

export const consentInput = z.object({
  state: consentState,
  optInLevel: z.enum(OPT_IN_LEVELS).default('single_opt_in'),
  consentUpdatedAt: z.string().nullable().default(null),
});

export const tagsInput = z.object({
  add: z.array(z.string()).default([]),
  remove: z.array(z.string()).default([]),
});

export const mergeInput = z.object({ keptId: idInput, deletedId: idInput });

export const lineInput = z.object({ variantId: idInput, quantity: quantity.default(1) });
export const newCartInput = z.object({
  lines: z.array(lineInput).default([]),
  attributes: z.array(attributeSchema).default([]),
});
export const lineQuantityInput = z.object({ quantity: z.coerce.number().int().nonnegative() });

export const newCheckoutInput = z.object({
  cartToken: z.string().optional(),
  /** Instead of a cart: one is made. */
  lines: z.array(lineInput).optional(),
  email: z.email().nullish(),
  customerId: idInput.nullish(),
  acceptsMarketing: z.boolean().optional(),
  locale: z.string().optional(),
  discountCode: z.string().nullish(),
  attributes: z.array(attributeSchema).optional(),
});

export const checkoutChangeInput = z.object({
  email: z.email().nullish(),
  acceptsMarketing: z.boolean().optional(),
  address: partialAddress.nullish(),
  locale: z.string().optional(),
  discountCode: z.string().nullish(),
});

export const payInput = z.object({ landingSite: z.string().nullish(), referringSite: z.string().nullish() });

export const refundInput = z.object({
  lines: z.array(z.object({ lineId: idInput, quantity })).optional(),
  shipping: z.boolean().optional(),
  amount: moneyInput.optional(),
  share: z.number().gt(0).max(1).optional(),
  note: z.string().nullish(),
});

export const cancelInput = z.object({
  reason: z.enum(['customer', 'inventory', 'fraud', 'declined', 'other', 'staff']).default('customer'),
  refund: z.boolean().default(true),
});

export const editInput = z.object({
  setQuantities: z.array(z.object({ lineId: idInput, quantity: z.number().int().nonnegative() })).optional(),
  add: z.array(lineInput).optional(),
});

export const productChangeInput = z.object({
  title: z.string().optional(),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'DRAFT']).optional(),
  tags: z.array(z.string()).optional(),
  variants: z
    .array(
      z.object({
        id: idInput,
        price: moneyInput.optional(),
        unitCost: moneyInput.nullish(),
        inventoryQuantity: z.number().int().optional(),
      }),
    )
    .optional(),
});

export const newProductInput = z.object({
  title: z.string(),
  productType: z.string().optional(),
  variants: z
    .array(
      z.object({
        title: z.string().default('Default Title'),
        price: moneyInput,
        unitCost: moneyInput.nullish(),
      }),
    )
    .min(1),
});

export const collectionChangeInput = z.object({
  title: z.string().optional(),
  productIds: z.array(idInput).optional(),
});

/** Switched on or off, another start, or another end; null: none. */
export const discountChangeInput = z.union([
  z.object({ active: z.boolean() }),
  z.object({ startsAt: z.iso.datetime().transform((at) => new Date(at)) }),
  z.object({ endsAt: z.coerce.date().nullable() }),
]);

export const shopChangeInput = z.object({ name: z.string().optional(), email: z.email().optional() });
export const scopesInput = z.object({ scopes: z.array(z.string()) });
export const complianceInput = z.object({ customerId: idInput.optional() });

export const replayInput = z.object({
  order: z.enum(['same', 'reverse', 'shuffle']).default('same'),
  duplicates: z.number().int().nonnegative().default(0),
  shop: z.string().optional(),
  topic: z.string().optional(),
});

export const faultsInput = z.object({
  throttle: z.boolean().optional(),
  http500: z.number().int().nonnegative().optional(),
  deliver: z
    .object({
      duplicate: z.number().int().nonnegative().optional(),
      reorder: z.boolean().optional(),
      delayMs: z.number().int().nonnegative().optional(),
      drop: z.number().int().nonnegative().optional(),
    })
    .optional(),
});

export const clockInput = z.union([z.object({ advanceMs: z.number() }), z.object({ offsetMs: z.number() })]);

export const flowUsageInput = z.object({ handle: z.string(), on: z.boolean() });
export const flowActionInput = z.object({
  handle: z.string(),
  runId: z.string(),
  customerId: idInput,
  properties: z.record(z.string(), z.unknown()).default({}),
});
