import { Prisma, type Tx } from '~/platform/db/index.server';
import { closingMarginMs } from './closing-margin';
import { sumsOfDays } from './sums-of-days.server';

/**
 * Stores the sums of the days that are over and not stored yet, so that the books need not read the whole ledger. After a
 * change of the shop's time zone all days are added up anew. Idempotent; one run at a time per shop, the others wait.
 */
export async function closeLedgerDays(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  const { shopId } = input;
  const until = new Date(input.now.getTime() - closingMarginMs);
  await tx.$executeRaw`
    INSERT INTO ledger_closings (shop_id, time_zone, open_from)
    SELECT id, time_zone, '-infinity' FROM shops WHERE id = ${shopId} ON CONFLICT (shop_id) DO NOTHING`;
  const [state] = await tx.$queryRaw<{ moved: boolean; behind: boolean }[]>`
    SELECT c.time_zone <> s.time_zone AS moved,
      c.open_from < (${until}::timestamptz AT TIME ZONE s.time_zone)::date AS behind
    FROM ledger_closings c JOIN shops s ON s.id = c.shop_id WHERE c.shop_id = ${shopId} FOR UPDATE OF c`;
  if (!state || (!state.moved && !state.behind)) return;
  if (state.moved) await startAnew(tx, shopId);
  const open = Prisma.sql`SELECT open_from FROM ledger_closings WHERE shop_id = ${shopId}`;
  const today = Prisma.sql`SELECT (${until}::timestamptz AT TIME ZONE time_zone)::date FROM shops WHERE id = ${shopId}`;
  await tx.$executeRaw`
    INSERT INTO ledger_days (shop_id, day, kind, account, points)
    SELECT ${shopId}::int, day, kind, account, points
    FROM (${sumsOfDays(shopId, open, today)}) sums`;
  await tx.$executeRaw`UPDATE ledger_closings SET open_from = (${today}) WHERE shop_id = ${shopId}`;
}

async function startAnew(tx: Tx, shopId: number): Promise<void> {
  await tx.$executeRaw`DELETE FROM ledger_days WHERE shop_id = ${shopId}`;
  await tx.$executeRaw`
    UPDATE ledger_closings SET open_from = '-infinity', time_zone = (SELECT time_zone FROM shops WHERE id = ${shopId})
    WHERE shop_id = ${shopId}`;
}
