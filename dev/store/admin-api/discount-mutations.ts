import { z } from 'zod';
import { deactivateDiscount, deleteDiscount } from '../actions/discounts';
import { findRedeemCode } from '../state/discount-codes';
import { fromGid, toGid } from '../state/ids';
import { parseCents } from '../state/money';
import type { Discount } from '../state/model';
import type { ApiContext, Arguments, View } from './context';
import { userErrors, type UserError } from './user-errors';
import { discountNodeView } from './views/discount';

const amount = z.union([z.string(), z.number()]).transform(String);
const commonShape = {
  title: z.string().nullish(),
  code: z.string().nullish(),
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  usageLimit: z.number().int().nullish(),
  appliesOncePerCustomer: z.boolean().nullish(),
  context: z
    .object({
      all: z.string().nullish(),
      customers: z.object({ add: z.array(z.string()).nullish() }).nullish(),
    })
    .nullish(),
  combinesWith: z
    .object({
      orderDiscounts: z.boolean().nullish(),
      productDiscounts: z.boolean().nullish(),
      shippingDiscounts: z.boolean().nullish(),
    })
    .nullish(),
  minimumRequirement: z
    .object({ subtotal: z.object({ greaterThanOrEqualToSubtotal: amount.nullish() }).nullish() })
    .nullish(),
};
const basicSchema = z.object({
  basicCodeDiscount: z.object({
    ...commonShape,
    customerGets: z
      .object({
        value: z
          .object({
            percentage: z.number().nullish(),
            discountAmount: z.object({ amount: amount.nullish() }).nullish(),
          })
          .nullish(),
        items: z
          .object({
            all: z.boolean().nullish(),
            products: z.object({ productVariantsToAdd: z.array(z.string()).nullish() }).nullish(),
          })
          .nullish(),
      })
      .nullish(),
  }),
});
const freeShippingSchema = z.object({
  freeShippingCodeDiscount: z.object({
    ...commonShape,
    destination: z.object({ all: z.boolean().nullish() }).nullish(),
  }),
});

type Common = z.infer<z.ZodObject<typeof commonShape>>;
interface Mistake {
  readonly field: readonly string[];
  readonly message: string;
  readonly code: string;
}

/** `discountCodeBasicCreate`: an amount or a percentage off the whole order. */
export function createBasicDiscount(api: ApiContext, args: Arguments): View {
  const input = basicSchema.parse(args).basicCodeDiscount;
  const value = input.customerGets?.value;
  const variants = input.customerGets?.items?.products?.productVariantsToAdd ?? [];
  const percentage = value?.percentage ?? null;
  const fixed = value?.discountAmount?.amount ?? null;
  const mistake = (): Mistake | null => {
    const field = ['customerGets', 'value'];
    if (variants.some((gid) => !isVariant(api, gid)))
      return {
        field: ['customerGets', 'items', 'products', 'productVariantsToAdd'],
        message: 'Product variant does not exist',
        code: 'INVALID',
      };
    if (input.customerGets?.items?.all === true && variants.length > 0)
      return {
        field: ['customerGets', 'items'],
        message: 'Cannot combine all items with specific items',
        code: 'CONFLICT',
      };
    if (input.customerGets?.items?.all !== true && variants.length === 0)
      return {
        field: ['customerGets', 'items'],
        message: "Items in 'customer get' can't be blank",
        code: 'BLANK',
      };
    if (percentage === null && fixed === null)
      return { field: ['customerGets'], message: "Customer gets can't be blank", code: 'BLANK' };
    if (percentage !== null && (percentage <= 0 || percentage > 1))
      return { field, message: 'Value must be between 0.0 and 1.0', code: 'VALUE_OUTSIDE_RANGE' };
    if (fixed !== null && parseCents(fixed) <= 0)
      return { field, message: 'Amount must be greater than 0', code: 'GREATER_THAN' };
    return null;
  };
  return create(api, input, {
    name: 'basicCodeDiscount',
    payload: 'DiscountCodeBasicCreatePayload',
    mistake: findMistake(api, input) ?? mistake(),
    kind: percentage === null ? 'fixed_amount' : 'percentage',
    value: percentage === null ? parseCents(fixed ?? '0') : percentage * 100,
    variantIds: variants.flatMap((gid) => fromGid('ProductVariant', gid) ?? []),
  });
}

/** `discountCodeFreeShippingCreate`: shipping for nothing, everywhere. */
export function createFreeShippingDiscount(api: ApiContext, args: Arguments): View {
  const input = freeShippingSchema.parse(args).freeShippingCodeDiscount;
  const mistake = (): Mistake | null => {
    if (input.destination?.all !== true)
      return { field: ['destination'], message: "Destination can't be blank", code: 'BLANK' };
    if (input.combinesWith?.shippingDiscounts === true)
      return {
        field: ['combinesWith'],
        message: 'The combinesWith settings are not valid for the discount class.',
        code: 'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
      };
    return null;
  };
  return create(api, input, {
    name: 'freeShippingCodeDiscount',
    payload: 'DiscountCodeFreeShippingCreatePayload',
    mistake: findMistake(api, input) ?? mistake(),
    kind: 'free_shipping',
    value: 100,
  });
}

const unknown: UserError = { field: ['id'], message: 'Discount does not exist', code: 'INVALID' };

function findNode(api: ApiContext, args: Arguments): Discount | undefined {
  const id = fromGid('DiscountCodeNode', z.object({ id: z.string() }).parse(args).id);
  return api.shop.discounts.find((held) => held.id === id);
}

/** `discountCodeDelete`: the discount is gone with its codes. */
export function answerDelete(api: ApiContext, args: Arguments): View {
  const discount = findNode(api, args);
  if (discount !== undefined) deleteDiscount(api.store, api.shop, discount.id);
  return {
    __typename: 'DiscountCodeDeletePayload',
    deletedCodeDiscountId: discount === undefined ? null : toGid('DiscountCodeNode', discount.id),
    userErrors: discount === undefined ? userErrors('DiscountUserError', [unknown]) : [],
  };
}

/** `discountCodeDeactivate`: the code ends now; one that has ended stays as it is. */
export function answerDeactivate(api: ApiContext, args: Arguments): View {
  const discount = findNode(api, args);
  if (discount !== undefined) deactivateDiscount(api.store, api.shop, discount.id);
  return {
    __typename: 'DiscountCodeDeactivatePayload',
    codeDiscountNode: discount === undefined ? null : discountNodeView(api, discount),
    userErrors: discount === undefined ? userErrors('DiscountUserError', [unknown]) : [],
  };
}

/** What both kinds of code have in common. */
function findMistake(api: ApiContext, input: Common): Mistake | null {
  const { code, title, startsAt, endsAt, usageLimit, context } = input;
  const mistake = (field: string[], message: string, kind: string): Mistake => ({
    field,
    message,
    code: kind,
  });
  if (code == null || code === '') return mistake(['code'], "Code can't be blank", 'BLANK');
  if (title == null || title === '') return mistake(['title'], "Title can't be blank", 'BLANK');
  if (title.length > 255)
    return mistake(['title'], 'Title is too long (maximum is 255 characters)', 'TOO_LONG');
  if (startsAt == null) return mistake(['startsAt'], "Starts at can't be blank", 'BLANK');
  if (endsAt != null && new Date(endsAt) <= new Date(startsAt))
    return mistake(['endsAt'], 'Ends at needs to be after starts_at', 'END_DATE_BEFORE_START_DATE');
  if (usageLimit != null && usageLimit <= 0)
    return mistake(['usageLimit'], 'Usage limit must be greater than 0', 'GREATER_THAN');
  const customers = context?.customers?.add ?? [];
  if (context?.all == null && customers.length === 0)
    return mistake(['context'], "Context can't be blank", 'BLANK');
  if (customers.some((gid) => !isCustomer(api, gid)))
    return mistake(['context', 'customers', 'add'], 'Customer does not exist', 'INVALID');
  if (findRedeemCode(api.shop, code) !== null)
    return mistake(['code'], 'Code must be unique. Please try a different code.', 'TAKEN');
  return null;
}

function isCustomer(api: ApiContext, gid: string): boolean {
  const id = fromGid('Customer', gid);
  return api.shop.customers.some((customer) => customer.id === id);
}

function isVariant(api: ApiContext, gid: string): boolean {
  const id = fromGid('ProductVariant', gid);
  return api.shop.products.some(({ variants }) => variants.some((variant) => variant.id === id));
}

interface Wanted extends Pick<Discount, 'kind' | 'value'> {
  readonly variantIds?: bigint[];
  readonly name: string;
  readonly payload: string;
  readonly mistake: Mistake | null;
}

function create(api: ApiContext, input: Common, wanted: Wanted): View {
  const { name, payload, mistake, kind, value } = wanted;
  if (mistake !== null) {
    const error = { ...mistake, field: [name, ...mistake.field] };
    return {
      __typename: payload,
      codeDiscountNode: null,
      userErrors: userErrors('DiscountUserError', [error]),
    };
  }
  const minimum = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal ?? null;
  const now = api.store.clock.iso();
  const discount: Discount = {
    id: api.store.takeId('DiscountCodeNode'),
    title: input.title ?? '',
    code: input.code ?? '',
    kind,
    value,
    variantIds: wanted.variantIds ?? [],
    minimumSubtotal: minimum === null ? null : parseCents(minimum),
    customerIds: (input.context?.customers?.add ?? []).flatMap((gid) => fromGid('Customer', gid) ?? []),
    usageLimit: input.usageLimit ?? null,
    appliesOncePerCustomer: input.appliesOncePerCustomer ?? false,
    usedBy: [],
    moreCodes: [],
    startsAt: input.startsAt ?? now,
    endsAt: input.endsAt ?? null,
    createdAt: now,
    updatedAt: now,
  };
  api.shop.discounts.push(discount);
  api.store.touch();
  return { __typename: payload, codeDiscountNode: discountNodeView(api, discount), userErrors: [] };
}
