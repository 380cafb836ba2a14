import { Prisma, type Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { isNumberAndId, isTimeAndId, readCursor, toPage, type Place } from './cursor';
import { fullName, isoOrNull } from './iso';
import { keyset, numberAndId, timeAndId, type Keyset } from './keyset.server';
import { profileConditions } from './profile-filters.server';
import type { ListPage, ProfileQuery, ProfileRow, ProfileSort } from './types';

interface Row {
  id: bigint;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  country: string | null;
  city: string | null;
  email_state: string | null;
  orders_count: number | null;
  net_spend: Decimal | null;
  last_order_at: Date | null;
  points_balance: number | null;
  open_cart_token: string | null;
  first_seen_at: Date;
  spend_rank: bigint | null;
  last_order_rank: Date | null;
}

/** What the list is sorted by: the columns of an index, both in one direction. */
interface Order {
  by: Prisma.Sql;
  id: Prisma.Sql;
  place: (row: Row) => Place;
  isPlace: (place: Place) => boolean;
  value: (place: Place) => Prisma.Sql;
}

const byTime = { isPlace: isTimeAndId, value: timeAndId };
const byNumber = { isPlace: isNumberAndId, value: numberAndId };
const ofTraits = Prisma.sql`t.profile_id`;

const orders: Record<ProfileSort, Order> = {
  newest: {
    ...byTime,
    by: Prisma.sql`p.first_seen_at`,
    id: Prisma.sql`p.id`,
    place: (row) => [row.first_seen_at.toISOString(), String(row.id)],
  },
  spend: {
    ...byNumber,
    by: Prisma.sql`t.spend_rank`,
    id: ofTraits,
    place: (row) => [String(row.spend_rank ?? 0), String(row.id)],
  },
  last_order: {
    ...byTime,
    by: Prisma.sql`t.last_order_rank`,
    id: ofTraits,
    place: (row) => [(row.last_order_rank ?? new Date(0)).toISOString(), String(row.id)],
  },
  orders: {
    ...byNumber,
    by: Prisma.sql`t.orders_count`,
    id: ofTraits,
    place: (row) => [String(row.orders_count ?? 0), String(row.id)],
  },
};

interface Input {
  shopId: number;
  query: ProfileQuery;
  limit: number;
  /** Whether many match (see `measureProfiles`). */
  common: boolean;
}

/**
 * A page of people, from where the last page ended: as quick on page 10,000 as on page 1. Where many match, the sorted list
 * is walked until the page is full; where few do, those are collected through the index of their filter and then sorted.
 * The planner would have to guess which is better, and has nothing to guess by. Sorted by anything but `newest`, people
 * without traits (seen, but nothing computed yet) are left out.
 */
export async function listProfiles(tx: Tx, input: Input): Promise<ListPage<ProfileRow>> {
  const { query, limit, common } = input;
  const order = orders[query.sort];
  const reading = readCursor(query, order.isPlace);
  const list = keyset(reading, order);
  const rows = common ? await walk(tx, input, list) : await collect(tx, input, list);
  return toPage(rows, { limit, reading, place: order.place, item: toProfileRow });
}

async function walk(tx: Tx, { shopId, query, limit }: Input, { from, order }: Keyset): Promise<Row[]> {
  await tx.$queryRaw`SELECT set_config('enable_sort', 'off', true)`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT ${columns} FROM ${inOrder(shopId, query.sort)} WHERE ${profileConditions(shopId, query)} ${from}
    ORDER BY ${order} LIMIT ${limit + 1}`;
  await tx.$queryRaw`SELECT set_config('enable_sort', 'on', true)`;
  return rows;
}

function collect(tx: Tx, { shopId, query, limit }: Input, { from, order }: Keyset): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    WITH found AS MATERIALIZED (
      SELECT p.id FROM profiles p LEFT JOIN profile_traits t ON t.shop_id = p.shop_id AND t.profile_id = p.id
      WHERE ${profileConditions(shopId, query)})
    SELECT ${columns} FROM found ${oneProfile(shopId, Prisma.sql`found.id`)} ${oneTraits(shopId, Prisma.sql`found.id`)}
    WHERE ${query.sort === 'newest' ? Prisma.sql`true` : Prisma.sql`t.profile_id IS NOT NULL`} ${from}
    ORDER BY ${order} LIMIT ${limit + 1}`;
}

/** The table that has the order first; the other is looked up row by row (its limit keeps the planner from doing otherwise). */
function inOrder(shopId: number, sort: ProfileSort): Prisma.Sql {
  return sort === 'newest'
    ? Prisma.sql`profiles p ${oneTraits(shopId, Prisma.sql`p.id`)}`
    : Prisma.sql`(SELECT * FROM profile_traits WHERE shop_id = ${shopId}) t ${oneProfile(shopId, Prisma.sql`t.profile_id`)}`;
}

function oneProfile(shopId: number, id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CROSS JOIN LATERAL (SELECT * FROM profiles WHERE shop_id = ${shopId} AND id = ${id} LIMIT 1) p`;
}

function oneTraits(shopId: number, id: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`LEFT JOIN LATERAL (SELECT * FROM profile_traits WHERE shop_id = ${shopId} AND profile_id = ${id} LIMIT 1) t ON true`;
}

const columns = Prisma.sql`
  p.id, p.first_name, p.last_name, p.email, p.country, p.city, p.first_seen_at, t.email_state, t.orders_count, t.net_spend,
  t.last_order_at, t.points_balance, t.open_cart_token, t.spend_rank, t.last_order_rank`;

function toProfileRow(row: Row): ProfileRow {
  return {
    id: String(row.id),
    name: fullName(row.first_name, row.last_name),
    email: row.email,
    country: row.country,
    city: row.city,
    emailState: row.email_state ?? 'not_subscribed',
    ordersCount: row.orders_count ?? 0,
    netSpend: (row.net_spend ?? 0).toString(),
    lastOrderAt: isoOrNull(row.last_order_at),
    pointsBalance: row.points_balance ?? 0,
    hasOpenCart: row.open_cart_token !== null,
  };
}
