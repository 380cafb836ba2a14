import { operations, throwUserErrors, type ShopifyClient } from '~/platform/shopify/index.server';
import { explainOfferRefusal } from './explain-offer-refusal';
import { readId, unanswered } from './shopify-answers';

/** Codes that are added to one discount in bulk. Each call may be repeated, and throws `unavailable` when nobody answers. */
export interface CodePools {
  /** Asks for codes to be added, at most 250; Shopify does it later. `gone`: the discount is not there any more. */
  addCodes: (
    discountId: bigint,
    codes: string[],
  ) => Promise<{ creationId: bigint } | { refused: string } | 'gone'>;
  /** What became of that. Null: Shopify knows nothing of it any more. */
  followCodes: (creationId: bigint) => Promise<AddedCodes | null>;
  /** The newest codes of a discount, with Shopify's numbers of them. */
  listCodes: (discountId: bigint) => Promise<Map<string, bigint>>;
  /** Takes a code out: it works no more. One that is gone is no mistake. Throws `conflict` with Shopify's words. */
  removeCode: (discountId: bigint, redeemId: bigint) => Promise<void>;
}

/** `redeemId`: Shopify's number of a code that was added. `problem`: why it was not, unless it was there before. */
export type AddedCodes =
  | { done: false }
  | { done: true; codes: { code: string; redeemId: bigint | null; problem: string | null }[] };

export function shopifyPools(client: ShopifyClient): CodePools {
  return {
    addCodes: async (discountId, codes) => {
      const variables = { discountId: nodeOf(discountId), codes: codes.map((code) => ({ code })) };
      const { discountRedeemCodeBulkAdd: answer } = await client.request(
        operations.addRedeemCodes,
        variables,
      );
      if (answer?.bulkCreation) return { creationId: readId(answer.bulkCreation.id) };
      const errors = answer?.userErrors ?? [];
      if (errors.some(isAboutDiscount)) return 'gone';
      if (errors.length === 0 || errors.some(({ code }) => code === 'INTERNAL_ERROR'))
        throw unanswered('adding codes');
      return { refused: explainOfferRefusal(errors) };
    },
    followCodes: async (creationId) => {
      const id = `gid://shopify/DiscountRedeemCodeBulkCreation/${creationId}`;
      const { discountRedeemCodeBulkCreation: found } = await client.request(operations.followRedeemCodes, {
        id,
      });
      if (!found) return null;
      if (!found.done) return { done: false };
      return { done: true, codes: found.codes.nodes.map(readAdded) };
    },
    listCodes: async (discountId) => {
      const { codeDiscountNode: node } = await client.request(operations.listRedeemCodes, {
        id: nodeOf(discountId),
      });
      const discount = node?.codeDiscount;
      const nodes = discount !== undefined && 'codes' in discount ? discount.codes.nodes : [];
      return new Map(nodes.map(({ id, code }) => [code, readId(id)]));
    },
    removeCode: async (discountId, redeemId) => {
      const variables = {
        discountId: nodeOf(discountId),
        ids: [`gid://shopify/DiscountRedeemCode/${redeemId}`],
      };
      const { discountCodeRedeemCodeBulkDelete: answer } = await client.request(
        operations.removeRedeemCodes,
        variables,
      );
      const errors = answer?.userErrors ?? [];
      if (errors.some(isAboutDiscount)) return;
      throwUserErrors('to end a code', errors);
      if (!answer?.job) throw unanswered('ending a code');
    },
  };
}

interface Result {
  code: string;
  discountRedeemCode?: { id: string } | null;
  errors: { field?: string[] | null; message: string; code?: string | null }[];
}

/** A code that is taken is ours, of a try whose answer was lost: nobody guesses our codes. */
function readAdded({ code, discountRedeemCode, errors }: Result) {
  const others = errors.filter((error) => error.code !== 'TAKEN');
  return {
    code,
    redeemId: discountRedeemCode ? readId(discountRedeemCode.id) : null,
    problem: others.length === 0 ? null : explainOfferRefusal(others),
  };
}

function nodeOf(discountId: bigint): string {
  return `gid://shopify/DiscountCodeNode/${discountId}`;
}

function isAboutDiscount({ code, field }: { code?: string | null; field?: string[] | null }): boolean {
  return code === 'INVALID' && field?.[0] === 'discountId';
}
