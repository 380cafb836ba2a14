import { toGid } from '../../state/ids';
import { redeemCodesOf, statusOf, type RedeemCode } from '../../state/discount-codes';
import type { CodeCreation, Discount } from '../../state/model';
import { connect } from '../connection';
import type { ApiContext, Arguments, View } from '../context';
import { userErrors } from '../user-errors';

export function discountNodeView(api: ApiContext, discount: Discount): View {
  return {
    __typename: 'DiscountCodeNode',
    id: toGid('DiscountCodeNode', discount.id),
    codeDiscount: {
      __typename: discount.kind === 'free_shipping' ? 'DiscountCodeFreeShipping' : 'DiscountCodeBasic',
      title: discount.title,
      status: statusOf(discount, api.store.clock.now()),
      startsAt: discount.startsAt,
      endsAt: discount.endsAt,
      usageLimit: discount.usageLimit,
      asyncUsageCount: usesOf(discount),
      appliesOncePerCustomer: discount.appliesOncePerCustomer,
      createdAt: discount.createdAt,
      updatedAt: discount.updatedAt,
      codesCount: { __typename: 'Count', count: redeemCodesOf(discount).length, precision: 'EXACT' },
      codes: (args: Arguments) =>
        connect(api, 'DiscountRedeemCode', args, redeemCodesOf(discount), redeemCodeView),
    },
  };
}

function usesOf(discount: Discount): number {
  return redeemCodesOf(discount).reduce((sum, { usedBy }) => sum + usedBy.length, 0);
}

function redeemCodeView({ id, code, usedBy }: RedeemCode): View {
  return {
    __typename: 'DiscountRedeemCode',
    id: toGid('DiscountRedeemCode', id),
    code,
    asyncUsageCount: usedBy.length,
  };
}

/** `DiscountRedeemCodeBulkCreation`: nothing is known of its codes before it is done. */
export function codeCreationView(api: ApiContext, creation: CodeCreation): View {
  const { done, codes } = creation;
  const discount = api.shop.discounts.find(({ id }) => id === creation.discountId);
  const added = codes.filter(({ redeemId }) => redeemId !== null);
  const items = codes.map((code, index) => ({ ...code, id: BigInt(index + 1) }));
  return {
    __typename: 'DiscountRedeemCodeBulkCreation',
    id: toGid('DiscountRedeemCodeBulkCreation', creation.id),
    done,
    codesCount: codes.length,
    importedCount: added.length,
    failedCount: done ? codes.length - added.length : 0,
    createdAt: creation.createdAt,
    discountCode: discount === undefined ? null : discountNodeView(api, discount),
    codes: (args: Arguments) =>
      connect(api, 'DiscountRedeemCodeBulkCreationCode', args, items, ({ code, redeemId, taken }) => ({
        __typename: 'DiscountRedeemCodeBulkCreationCode',
        code,
        discountRedeemCode:
          discount === undefined || redeemId === null
            ? null
            : redeemCodeView({ id: redeemId, code, usedBy: [], discount }),
        errors: taken
          ? userErrors('DiscountUserError', [
              {
                field: ['code'],
                message: 'Code must be unique. Please try a different code.',
                code: 'TAKEN',
              },
            ])
          : [],
      })),
  };
}
