import { Prisma, type Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { isNumberAndId, isTimeAndId, readCursor, toPage, type Place } from './cursor';
import { fullName, isoOrNull } from './iso';
import { keyset, numberAndId, timeAndId } from './keyset.server';
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

/**
 * A page of people, by one index from where the last page ended: as quick on page 10,000 as on page 1. Sorted by anything
 * but `newest`, people without traits (seen, but nothing computed yet) are left out. One query.
 */
export async function listProfiles(
  tx: Tx,
  input: { shopId: number; query: ProfileQuery; limit: number },
): Promise<ListPage<ProfileRow>> {
  const { shopId, query, limit } = input;
  const order = orders[query.sort];
  const reading = readCursor(query, order.isPlace);
  const { from, order: sorted } = keyset(reading, order);
  // Traits are joined loosely only where a missing row may show.
  const join = query.sort === 'newest' ? Prisma.sql`LEFT JOIN` : Prisma.sql`JOIN`;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT p.id, p.first_name, p.last_name, p.email, p.country, p.city, p.first_seen_at,
           t.email_state, t.orders_count, t.net_spend, t.last_order_at, t.points_balance, t.open_cart_token, t.spend_rank, t.last_order_rank
    FROM profiles p ${join} profile_traits t ON t.shop_id = p.shop_id AND t.profile_id = p.id
    WHERE ${profileConditions(shopId, query)} ${from}
    ORDER BY ${sorted} LIMIT ${limit + 1}`;
  return toPage(rows, { limit, reading, place: order.place, item: toProfileRow });
}

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
