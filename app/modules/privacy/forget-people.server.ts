import { Prisma, type Tx } from '~/platform/db/index.server';
import { addressColumns, personalTables } from './inventory';
import { subjectRow, type Subjects } from './subjects.server';

/**
 * Forgets people everywhere the inventory knows them: rows that are about them go or are blanked, and their addresses and
 * numbers are blanked wherever else they stand. Ledger entries and the money of orders stay. Idempotent.
 */
export async function forgetPeople(
  tx: Tx,
  input: { shopId: number; subjects: Subjects; now: Date },
): Promise<void> {
  const { shopId, subjects, now } = input;
  const s = subjectRow(shopId, subjects, now);
  // Opens the one exception of the ledger's guard: the free text of an entry may be blanked.
  await tx.$queryRaw`SELECT set_config('app.forgetting_shop_id', ${String(shopId)}, true)`;
  for (const [table, { rows, forget }] of Object.entries(personalTables)) {
    const t = Prisma.raw(table);
    const where = Prisma.sql`t.shop_id = s.shop_id AND ${Prisma.raw(rows)}`;
    if (forget === 'delete') {
      await tx.$executeRaw`DELETE FROM ${t} t USING ${s} WHERE ${where}`;
    } else if (Object.keys(forget).length > 0) {
      const set = Object.entries(forget).map(([column, value]) => `${column} = ${value}`);
      await tx.$executeRaw`UPDATE ${t} t SET ${Prisma.raw(set.join(', '))} FROM ${s} WHERE ${where}`;
    }
  }
  for (const { table, column, holds } of addressColumns) {
    const [t, c, list] = [Prisma.raw(table), Prisma.raw(column), Prisma.raw(holds)];
    await tx.$executeRaw`UPDATE ${t} t SET ${c} = NULL FROM ${s} WHERE t.shop_id = s.shop_id AND t.${c} = ANY (s.${list})`;
  }
  await tx.$queryRaw`SELECT set_config('app.forgetting_shop_id', '', true)`;
}
