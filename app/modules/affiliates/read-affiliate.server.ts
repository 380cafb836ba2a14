import { z } from 'zod';
import type { Affiliate as AffiliateRow } from '~/generated/prisma/client';
import { affiliateStates, type Affiliate } from './types';

const stateSchema = z.enum(affiliateStates);

/** The row as the rules of this module see it. */
export function readAffiliate(row: AffiliateRow): Affiliate {
  const { shopId: _shopId, staff: _staff, forgottenAt: _forgottenAt, ...rest } = row;
  return { ...rest, state: stateSchema.parse(row.state) };
}
