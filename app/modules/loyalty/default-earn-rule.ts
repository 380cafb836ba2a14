import { Decimal } from '~/platform/money';
import type { EarnRule } from './types';

/** What a shop starts with: 1 point per 1.00 of goods after discounts, rounded down, spendable at once. */
export const defaultEarnRule: Omit<EarnRule, 'effectiveFrom'> = {
  version: 1,
  enabled: true,
  pointsPerUnit: new Decimal(1),
  includeTax: false,
  includeShipping: false,
  includeGiftCards: false,
  rounding: 'down',
  pendingDays: 0,
  minimum: null,
  earnOnHistoric: false,
  scope: 'all',
  allBut: false,
  productIds: [],
  collectionIds: [],
  tags: [],
};
