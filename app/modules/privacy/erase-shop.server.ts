import { Prisma, type Tx } from '~/platform/db/index.server';
import { asOwner } from './as-owner.server';
import { shopTables } from './shop-tables';

export interface EraseShopInput {
  shopId: number;
  limit: number; // rows at most, so that a big shop goes in several transactions
}

/**
 * Deletes everything of a shop: its rows in every table, its sessions, its raw deliveries, at last itself. Call it until it
 * says that nothing is left. Done as the owner, because it touches tables a tenant must never see.
 */
export async function eraseShop(tx: Tx, { shopId, limit }: EraseShopInput): Promise<{ finished: boolean }> {
  return asOwner(tx, async () => {
    await tx.$queryRaw`SELECT set_config('app.erasing_shop_id', ${String(shopId)}, true)`;
    const finished = await eraseRows(tx, shopId, limit);
    await tx.$queryRaw`SELECT set_config('app.erasing_shop_id', '', true)`;
    return { finished };
  });
}

async function eraseRows(tx: Tx, shopId: number, limit: number): Promise<boolean> {
  let left = limit;
  for (const table of shopTables) {
    left -= await deleteSome(tx, Prisma.raw(table), Prisma.sql`shop_id = ${shopId}`, left);
    if (left <= 0) return false;
  }
  const domain = Prisma.sql`shop_domain = (SELECT domain FROM shops WHERE id = ${shopId})`;
  for (const table of ['sessions', 'inbox_events']) {
    left -= await deleteSome(tx, Prisma.raw(table), domain, left);
    if (left <= 0) return false;
  }
  await tx.$executeRaw`DELETE FROM shops WHERE id = ${shopId}`;
  return true;
}

async function deleteSome(tx: Tx, table: Prisma.Sql, where: Prisma.Sql, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY (SELECT ctid FROM ${table} WHERE ${where} LIMIT ${limit}))`;
}
