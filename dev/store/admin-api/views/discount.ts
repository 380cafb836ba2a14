import { toGid } from '../../state/ids';
import type { Discount } from '../../state/model';
import { connect } from '../connection';
import type { ApiContext, Arguments, View } from '../context';

function statusOf(api: ApiContext, discount: Discount): string {
  const now = api.store.clock.now();
  if (new Date(discount.startsAt) > now) return 'SCHEDULED';
  return discount.endsAt !== null && new Date(discount.endsAt) <= now ? 'EXPIRED' : 'ACTIVE';
}

export function discountNodeView(api: ApiContext, discount: Discount): View {
  return {
    __typename: 'DiscountCodeNode',
    id: toGid('DiscountCodeNode', discount.id),
    codeDiscount: {
      __typename: discount.kind === 'free_shipping' ? 'DiscountCodeFreeShipping' : 'DiscountCodeBasic',
      title: discount.title,
      status: statusOf(api, discount),
      startsAt: discount.startsAt,
      endsAt: discount.endsAt,
      usageLimit: discount.usageLimit,
      asyncUsageCount: discount.usedBy.length,
      appliesOncePerCustomer: discount.appliesOncePerCustomer,
      createdAt: discount.createdAt,
      updatedAt: discount.updatedAt,
      codesCount: { __typename: 'Count', count: 1, precision: 'EXACT' },
      codes: (args: Arguments) =>
        connect(api, 'DiscountRedeemCode', args, [discount], () => ({
          __typename: 'DiscountRedeemCode',
          id: toGid('DiscountRedeemCode', discount.id),
          code: discount.code,
          asyncUsageCount: discount.usedBy.length,
        })),
    },
  };
}
