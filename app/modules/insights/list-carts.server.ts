import { Prisma, type Tx } from '~/platform/db/index.server';
import { cartColumns, cartJoins, toCartRow, type CartTableRow } from './cart-row.server';
import { readCursor, toPage, type Place } from './cursor';
import { keyset } from './keyset.server';
import type { CartRow, CartTab, ListPage, PageCursor } from './types';

/** The carts of a tab (or, with `profileId`, all of a person), latest activity first. */
export async function listCarts(
  tx: Tx,
  input: { shopId: number; of: { tab: CartTab } | { profileId: bigint }; cursor: PageCursor; limit: number },
): Promise<ListPage<CartRow>> {
  const { shopId, of, limit } = input;
  const reading = readCursor(input.cursor, ([at]) => !Number.isNaN(Date.parse(at)));
  const { from, order } = keyset(reading, {
    by: Prisma.sql`c.last_activity_at`,
    id: Prisma.sql`c.token`,
    value: timeAndToken,
  });
  const which =
    'tab' in of
      ? Prisma.sql`c.state = ${of.tab}`
      : Prisma.sql`c.profile_id = ${of.profileId} AND c.state <> 'replaced'`;
  const rows = await tx.$queryRaw<CartTableRow[]>`
    SELECT ${cartColumns} FROM carts c ${cartJoins}
    WHERE c.shop_id = ${shopId} AND ${which} ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(rows, {
    limit,
    reading,
    place: (row) => [row.last_activity_at.toISOString(), row.token],
    item: toCartRow,
  });
}

const timeAndToken = ([at, token]: Place) => Prisma.sql`${new Date(at)}, ${token}`;
