import { z } from 'zod';
import type { Redemption as RedemptionRow } from '~/generated/prisma/client';
import { redemptionStates, rewardTermsSchema, type Redemption } from './reward';

const stateSchema = z.enum(redemptionStates);

/** The row as the rules of this module see it. */
export function readRedemption(row: RedemptionRow): Redemption {
  const { shopId: _shop, key: _key, staff: _staff, ...rest } = row;
  return {
    ...rest,
    terms: rewardTermsSchema.parse(row.terms),
    state: stateSchema.parse(row.state),
    held: Number(row.held),
    spent: Number(row.spent),
  };
}
