import { decimal } from '~/platform/money';
import { operations, throwUserErrors, type ShopifyClient } from '~/platform/shopify/index.server';
import { shopifyPools, type CodePools } from './code-pools.server';
import { explainOfferRefusal } from './explain-offer-refusal';
import { explainRefusal } from './explain-refusal';
import { shopifyGiftCards, type GiftCards } from './gift-cards.server';
import type { RewardTerms } from './reward';
import { readId, unanswered } from './shopify-answers';
import { shopifyStoreCredit, type StoreCredit } from './store-credit.server';
import type { ToldDiscount } from './told-code';

/** What a code gives and asks. */
export type CodeTerms = Pick<
  RewardTerms,
  | 'title'
  | 'kind'
  | 'value'
  | 'minimumSubtotal'
  | 'combinesWithOrder'
  | 'combinesWithProduct'
  | 'combinesWithShipping'
> & { variantId?: string | null };

/** A code as Shopify is to make it, for one customer, once. */
export interface RewardCode {
  code: string;
  terms: CodeTerms;
  shopifyCustomerId: bigint | null; // null: whoever has the code, for people who have no account yet
  startsAt: Date;
  endsAt: Date | null;
  /** Whose it is: says how a refusal is worded. A reward's unless told otherwise. */
  purpose?: 'reward' | 'referral';
}

/** Where what rewards give lives: codes, gift cards and store credit of one shop. */
export interface RewardCodes extends DiscountCodes, CodePools, GiftCards, StoreCredit {}

/** Where codes live. Each call may be repeated, and throws `unavailable` when it can't tell what became of it. */
interface DiscountCodes {
  find: (code: string) => Promise<bigint | null>;
  /** Makes a code, or finds it made; or says in a sentence why there will be none. */
  create: (code: RewardCode) => Promise<{ discountId: bigint } | { refused: string }>;
  /** Makes a discount other codes are added to. As `create`. */
  createPool: (code: RewardCode) => Promise<{ discountId: bigint } | { refused: string }>;
  /** Ends a code now. Says whether an order had used it. One that is not there any more is ended. */
  disable: (discountId: bigint) => Promise<{ used: boolean }>;
  /** Deletes a discount: nobody can switch it on again. One that is not there any more is deleted. */
  remove: (discountId: bigint) => Promise<void>;
  /** How discounts stand: one request. */
  inspect: (discountIds: bigint[]) => Promise<Map<bigint, ToldDiscount>>;
}

type Refusals = Parameters<typeof explainRefusal>[0];
interface Made {
  codeDiscountNode: { id: string } | null;
  userErrors: Refusals;
}

/** What rewards give in a shop, through its Admin API. */
export function shopifyCodes(client: ShopifyClient): RewardCodes {
  return {
    ...discountCodes(client),
    ...shopifyPools(client),
    ...shopifyGiftCards(client),
    ...shopifyStoreCredit(client),
  };
}

function discountCodes(client: ShopifyClient): DiscountCodes {
  const find = async (code: string): Promise<bigint | null> => {
    const { codeDiscountNodeByCode: node } = await client.request(operations.findDiscountCode, { code });
    return node ? readId(node.id) : null;
  };
  const create: DiscountCodes['create'] = async (code) => {
    const made = await request(client, code);
    if (made.codeDiscountNode) return { discountId: readId(made.codeDiscountNode.id) };
    const codes = made.userErrors.map((error) => error.code);
    if (codes.includes('TAKEN')) {
      // Nobody guesses our codes: it is taken by us, in a try whose answer was lost.
      const discountId = await find(code.code);
      if (discountId !== null) return { discountId };
    }
    if (codes.includes('INTERNAL_ERROR') || made.userErrors.length === 0) throw unanswered(codes.join());
    const explain = code.purpose === 'referral' ? explainOfferRefusal : explainRefusal;
    return { refused: explain(made.userErrors) };
  };
  return {
    find,
    create,
    createPool: create,
    disable: async (discountId) => {
      const id = `gid://shopify/DiscountCodeNode/${discountId}`;
      const { discountCodeDeactivate: answer } = await client.request(operations.deactivateDiscountCode, {
        id,
      });
      if (answer?.userErrors.some(isGone)) return { used: false };
      throwUserErrors('to end a discount code', answer?.userErrors ?? []);
      const discount = answer?.codeDiscountNode?.codeDiscount;
      return {
        used: discount !== undefined && 'asyncUsageCount' in discount && discount.asyncUsageCount > 0,
      };
    },
    remove: async (discountId) => {
      const id = `gid://shopify/DiscountCodeNode/${discountId}`;
      const { discountCodeDelete: answer } = await client.request(operations.deleteDiscountCode, { id });
      if (answer?.userErrors.some(isGone)) return;
      throwUserErrors('to delete a discount code', answer?.userErrors ?? []);
      if (!answer?.deletedCodeDiscountId) throw unanswered('deleting a code');
    },
    inspect: async (discountIds) => {
      const ids = discountIds.map((id) => `gid://shopify/DiscountCodeNode/${id}`);
      const { nodes } = await client.request(operations.inspectDiscountCodes, { ids });
      return new Map(discountIds.map((id, index) => [id, readDiscount(nodes[index] ?? null)]));
    },
  };
}

function isGone({ code, field }: { code?: string | null; field?: string[] | null }): boolean {
  return code === 'INVALID' && field?.join('.') === 'id';
}

interface InspectedNode {
  __typename: string;
  codeDiscount?: {
    __typename: string;
    status?: string;
    startsAt?: string;
    endsAt?: string | null;
    asyncUsageCount?: number;
  };
}

function readDiscount(node: InspectedNode | null): ToldDiscount {
  if (node === null) return { state: 'gone', used: false, startsAt: null, endsAt: null };
  const { status, startsAt, endsAt, asyncUsageCount: uses } = node.codeDiscount ?? {};
  const used = uses !== undefined && uses > 0;
  const from = startsAt === undefined ? null : new Date(startsAt);
  const until = endsAt == null ? null : new Date(endsAt);
  if (status === 'EXPIRED' && until !== null) return { state: 'ended', used, startsAt: from, endsAt: until };
  if (status !== 'ACTIVE' && status !== 'SCHEDULED')
    return { state: 'unclear', used, startsAt: null, endsAt: null };
  return { state: 'open', used, startsAt: from, endsAt: until };
}

async function request(client: ShopifyClient, wanted: RewardCode): Promise<Made> {
  const { terms } = wanted;
  if (terms.kind === 'free_shipping') {
    const discount = { ...common(wanted), destination: { all: true } };
    const answer = await client.request(operations.createFreeShippingCode, { discount });
    return answer.discountCodeFreeShippingCreate ?? nothing;
  }
  const discount = { ...common(wanted), customerGets: { value: valueOf(terms), items: itemsOf(terms) } };
  const answer = await client.request(operations.createBasicDiscountCode, { discount });
  return answer.discountCodeBasicCreate ?? nothing;
}

function valueOf({ kind, value }: CodeTerms) {
  if (kind === 'percentage')
    return {
      percentage: decimal(value ?? 0)
        .dividedBy(100)
        .toNumber(),
    };
  // Of a free product its price, once: a percentage would make any number of them free.
  return { discountAmount: { amount: decimal(value ?? 0).toString(), appliesOnEachItem: false } };
}

function itemsOf({ variantId }: CodeTerms) {
  if (variantId == null) return { all: true };
  return { products: { productVariantsToAdd: [`gid://shopify/ProductVariant/${variantId}`] } };
}

const nothing: Made = { codeDiscountNode: null, userErrors: [] };

function common({ code, terms, shopifyCustomerId, startsAt, endsAt }: RewardCode) {
  return {
    title: `${terms.title} (${code})`,
    code,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    usageLimit: 1,
    appliesOncePerCustomer: true,
    context:
      shopifyCustomerId === null
        ? { all: 'ALL' as const }
        : { customers: { add: [`gid://shopify/Customer/${shopifyCustomerId}`] } },
    combinesWith: {
      orderDiscounts: terms.combinesWithOrder,
      productDiscounts: terms.combinesWithProduct,
      shippingDiscounts: terms.combinesWithShipping,
    },
    ...(terms.minimumSubtotal !== null && {
      minimumRequirement: {
        subtotal: { greaterThanOrEqualToSubtotal: decimal(terms.minimumSubtotal).toString() },
      },
    }),
  };
}
