import { z } from 'zod';
import { findRedeemCode } from '../state/discount-codes';
import { fromGid, toGid } from '../state/ids';
import type { CodeCreation, Discount } from '../state/model';
import { badRequest } from './connection';
import type { ApiContext, Arguments, View } from './context';
import { userErrors, type UserError } from './user-errors';
import { codeCreationView } from './views/discount';

const MOST_CODES = 250;
const ADDED_AFTER_MS = 30;
const addSchema = z.object({ discountId: z.string(), codes: z.array(z.object({ code: z.string() })) });
const deleteSchema = z.object({
  discountId: z.string(),
  ids: z.array(z.string()).nullish(),
  search: z.string().nullish(),
  savedSearchId: z.string().nullish(),
});

/** `discountRedeemCodeBulkAdd`: says at once that it will be done, and adds the codes a moment later. */
export function addRedeemCodes(api: ApiContext, args: Arguments): View {
  const { discountId, codes } = addSchema.parse(args);
  if (codes.length > MOST_CODES)
    throw badRequest(
      `The input array size of ${codes.length} is greater than the maximum allowed of ${MOST_CODES}.`,
    );
  const discount = findDiscount(api, discountId);
  const refusal = refusalOf(discount, codes);
  if (discount === null || refusal !== null) return answerAdd(api, null, refusal);
  const creation: CodeCreation = {
    id: api.store.takeId('DiscountRedeemCodeBulkCreation'),
    discountId: discount.id,
    codes: codes.map(({ code }) => ({ code, redeemId: null, taken: false })),
    done: false,
    createdAt: api.store.clock.iso(),
  };
  api.shop.codeCreations.push(creation);
  api.store.touch();
  setTimeout(() => {
    finish(api, discount, creation);
  }, ADDED_AFTER_MS);
  return answerAdd(api, creation, null);
}

function refusalOf(discount: Discount | null, codes: { code: string }[]): UserError | null {
  if (discount === null)
    return { field: ['discountId'], message: 'Code discount does not exist.', code: 'INVALID' };
  if (codes.length === 0) return { field: ['codes'], message: "Codes can't be blank", code: 'BLANK' };
  const blank = codes.findIndex(({ code }) => code.trim() === '');
  return blank < 0
    ? null
    : { field: ['codes', String(blank), 'code'], message: "Code can't be blank", code: 'BLANK' };
}

function answerAdd(api: ApiContext, creation: CodeCreation | null, refusal: UserError | null): View {
  return {
    __typename: 'DiscountRedeemCodeBulkAddPayload',
    bulkCreation: creation === null ? null : codeCreationView(api, creation),
    userErrors: refusal === null ? [] : userErrors('DiscountUserError', [refusal]),
  };
}

function finish(api: ApiContext, discount: Discount, creation: CodeCreation): void {
  for (const wanted of creation.codes) {
    wanted.taken = findRedeemCode(api.shop, wanted.code) !== null;
    if (wanted.taken) continue;
    wanted.redeemId = api.store.takeId('DiscountRedeemCode');
    discount.moreCodes.push({ id: wanted.redeemId, code: wanted.code, usedBy: [] });
  }
  creation.done = true;
  discount.updatedAt = api.store.clock.iso();
  api.store.touch();
}

/** `discountCodeRedeemCodeBulkDelete`, by ids: takes codes out of a discount. Codes that are gone are no mistake. */
export function deleteRedeemCodes(api: ApiContext, args: Arguments): View {
  const { discountId, ids, search, savedSearchId } = deleteSchema.parse(args);
  const discount = findDiscount(api, discountId);
  const given = [ids, search, savedSearchId].filter((one) => one != null);
  const refusal = deletionRefusal(discount, given.length);
  if (discount !== null && refusal === null) {
    if (ids == null) throw badRequest('The stand-in deletes codes by their ids only.');
    const gone = ids.map((gid) => fromGid('DiscountRedeemCode', gid));
    discount.moreCodes = discount.moreCodes.filter(({ id }) => !gone.includes(id));
    api.store.touch();
  }
  const job = toGid('Job', api.store.takeId('Job'));
  return {
    __typename: 'DiscountCodeRedeemCodeBulkDeletePayload',
    job: refusal === null ? { __typename: 'Job', id: job, done: true } : null,
    userErrors: refusal === null ? [] : userErrors('DiscountUserError', [refusal]),
  };
}

function deletionRefusal(discount: Discount | null, given: number): UserError | null {
  if (discount === null)
    return { field: ['discountId'], message: 'Code discount does not exist.', code: 'INVALID' };
  const message = "Missing expected argument key: 'ids', 'search' or 'saved_search_id'.";
  if (given === 0) return { field: null, message, code: 'MISSING_ARGUMENT' };
  const tooMany = "Only one of 'ids', 'search' or 'saved_search_id' is allowed.";
  return given === 1 ? null : { field: null, message: tooMany, code: 'TOO_MANY_ARGUMENTS' };
}

function findDiscount(api: ApiContext, gid: string): Discount | null {
  const id = fromGid('DiscountCodeNode', gid);
  return api.shop.discounts.find((discount) => discount.id === id) ?? null;
}
