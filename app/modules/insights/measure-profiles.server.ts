import { Prisma, type Tx } from '~/platform/db/index.server';
import { profileConditions } from './profile-filters.server';
import type { Count, ProfileQuery } from './types';

/** As many are counted one by one. */
const countedUpTo = 10_000;
/** Slices of the shop's range of ids that a sample is taken from, and ids looked at in each. Primes: they fall in with no pattern in the ids. */
const slices = 97;
const idsPerSlice = 53;
/** Hits in a sample from which it tells how many there are; and from which many of its neighbours match. */
const tellingHits = 100;
const commonHits = 20;

export interface Measure {
  count: Count;
  /** Whether so many match that the next page of them is found by looking at a few thousand people in any order. */
  common: boolean;
}

interface Input {
  shopId: number;
  query: ProfileQuery;
}

/**
 * How many people match. In shops of up to about 10,000 people they are counted. In larger ones a sample spread over the
 * whole shop tells, to two figures: looking at 5,000 people takes as long in a shop of a million as in one of ten thousand.
 * (The planner cannot tell: the tables go without statistics about shops.)
 */
export async function measureProfiles(tx: Tx, input: Input): Promise<Measure> {
  const { people, matches, hits } = await sample(tx, input);
  if (people <= countedUpTo) return { count: await countMatches(tx, input), common: true };
  const common = hits >= commonHits;
  if (hits >= tellingHits) return { count: { value: twoFigures(matches), exact: false }, common };
  return { count: await countMatches(tx, input), common };
}

async function countMatches(tx: Tx, { shopId, query }: Input): Promise<Count> {
  const [row] = await tx.$queryRaw<{ n: bigint }[]>`
    SELECT count(*) AS n FROM (
      SELECT 1 FROM profiles p LEFT JOIN profile_traits t ON t.shop_id = p.shop_id AND t.profile_id = p.id
      WHERE ${profileConditions(shopId, query)} LIMIT ${countedUpTo + 1}) found`;
  const value = Number(row?.n ?? 0);
  return value > countedUpTo ? { value: countedUpTo, exact: false } : { value, exact: true };
}

interface Sample {
  /** Estimates for the whole shop: all its people, and those who match. */
  people: number;
  matches: number;
  /** Those in the sample who match. */
  hits: number;
}

/**
 * Ids of several shops come in turns or in blocks; many thin slices see both. The limits take nothing away: they make the
 * planner read slice by slice and person by person, instead of the whole shop.
 */
async function sample(tx: Tx, { shopId, query }: Input): Promise<Sample> {
  const [row] = await tx.$queryRaw<{ seen: bigint; hits: bigint; width: bigint | null }[]>(Prisma.sql`
    WITH span AS (SELECT min(id) AS lowest, max(id) AS highest FROM profiles WHERE shop_id = ${shopId}),
    slice AS (
      SELECT lowest + (highest - lowest) * n / ${slices}::bigint AS start FROM span, generate_series(0, ${slices - 1}::bigint) n)
    SELECT (SELECT highest - lowest FROM span) AS width, count(*) AS seen, count(*) FILTER (WHERE ${profileConditions(shopId, query)}) AS hits
    FROM slice
    CROSS JOIN LATERAL (SELECT * FROM profiles
      WHERE shop_id = ${shopId} AND id >= slice.start AND id < slice.start + ${idsPerSlice}::bigint ORDER BY id LIMIT ${idsPerSlice}) p
    LEFT JOIN LATERAL (SELECT * FROM profile_traits WHERE shop_id = ${shopId} AND profile_id = p.id LIMIT 1) t ON true`);
  const share = Number(row?.width ?? 0) / (slices * idsPerSlice);
  const hits = Number(row?.hits ?? 0);
  return { people: Number(row?.seen ?? 0) * share, matches: hits * share, hits };
}

function twoFigures(estimate: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, estimate))) - 1);
  return Math.round(estimate / step) * step;
}
