import { Prisma } from '~/platform/db/index.server';
import type { ProfileQuery } from './types';

/**
 * The conditions of the customers page on `p` (profiles) and `t` (profile_traits). Merged and redacted profiles are nobody
 * any more. Search is by prefix, through operators that row-level security lets an index answer (they leak nothing).
 */
export function profileConditions(shopId: number, query: ProfileQuery): Prisma.Sql {
  const conditions = [
    Prisma.sql`p.shop_id = ${shopId} AND p.merged_into_id IS NULL AND p.redacted_at IS NULL`,
  ];
  if (query.search) conditions.push(searchCondition(query.search));
  if (query.emailState) conditions.push(Prisma.sql`t.email_state = ${query.emailState}`);
  if (query.hasOrders !== undefined)
    conditions.push(query.hasOrders ? Prisma.sql`t.orders_count > 0` : Prisma.sql`t.orders_count = 0`);
  if (query.hasPoints) conditions.push(Prisma.sql`t.points_balance > 0`);
  if (query.hasCart) conditions.push(Prisma.sql`t.open_cart_token IS NOT NULL`);
  if (query.tag) {
    conditions.push(
      Prisma.sql`EXISTS (SELECT 1 FROM profile_tags g WHERE g.shop_id = ${shopId} AND g.tag = ${query.tag} AND g.profile_id = p.id)`,
    );
  }
  return Prisma.join(conditions, ' AND ');
}

function searchCondition(search: string): Prisma.Sql {
  const from = search.toLowerCase();
  const before = `${from}\u{10ffff}`; // after every text that starts with it, byte by byte
  const between = (column: Prisma.Sql) => Prisma.sql`(${column} ~>=~ ${from} AND ${column} ~<~ ${before})`;
  return Prisma.sql`(${Prisma.join([between(Prisma.sql`p.email`), between(Prisma.sql`p.search_name`), between(Prisma.sql`p.search_last_name`)], ' OR ')})`;
}
