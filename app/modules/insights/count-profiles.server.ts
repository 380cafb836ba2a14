import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { Prisma } from '~/platform/db/index.server';
import { profileConditions } from './profile-filters.server';
import type { Count, ProfileQuery } from './types';

const countedUpTo = 5_000;
const planSchema = z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]);

/** How many people match: counted when the planner expects few, otherwise its expectation. Two queries. */
export async function countProfiles(tx: Tx, input: { shopId: number; query: ProfileQuery }): Promise<Count> {
  const matching = Prisma.sql`
    FROM profiles p LEFT JOIN profile_traits t ON t.shop_id = p.shop_id AND t.profile_id = p.id
    WHERE ${profileConditions(input.shopId, input.query)}`;
  const [explained] = await tx.$queryRaw<
    { 'QUERY PLAN': unknown }[]
  >`EXPLAIN (FORMAT JSON) SELECT 1 ${matching}`;
  const [{ Plan: plan }] = planSchema.parse(explained?.['QUERY PLAN']);
  if (plan['Plan Rows'] > countedUpTo) return { value: roundEstimate(plan['Plan Rows']), exact: false };
  const [counted] = await tx.$queryRaw<
    { n: bigint }[]
  >`SELECT count(*) AS n FROM (SELECT 1 ${matching} LIMIT ${2 * countedUpTo}) found`;
  const value = Number(counted?.n ?? 0);
  return { value, exact: value < 2 * countedUpTo };
}

/** An estimate says no more than two figures. */
function roundEstimate(rows: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(rows)) - 1);
  return Math.round(rows / step) * step;
}
