import { GraphQLEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { explainOfferRefusal } from '~/modules/loyalty/rewards/explain-offer-refusal';
import {
  explainGiftCard,
  explainRefusal,
  explainStoreCredit,
} from '~/modules/loyalty/rewards/explain-refusal';
import { loadAdminSchema } from '../../../dev/store/admin-api/schema';

describe.each([
  ['DiscountErrorCode', explainRefusal],
  ['DiscountErrorCode', explainOfferRefusal],
  ['GiftCardErrorCode', explainGiftCard],
  ['StoreCreditAccountCreditUserErrorCode', explainStoreCredit],
] as const)('%s', (name, explain) => {
  const type = loadAdminSchema().getType(name);
  const codes = type instanceof GraphQLEnumType ? type.getValues().map((value) => value.name) : [];

  it('has a sentence of ours for each error Shopify can return', () => {
    expect(codes.length).toBeGreaterThan(5);
    const unexplained = codes.filter((code) =>
      explain([{ code, field: null, message: 'xyz' }]).includes('xyz'),
    );
    expect(unexplained).toEqual([]);
  });

  it('passes Shopify’s own words on for one that is new', () => {
    expect(explain([{ code: 'NEW_ONE', message: 'xyz' }])).toContain('xyz');
  });
});
