import type { Tx } from '~/platform/db/index.server';

/** The points that something somebody did has given by now, spendable or pending; 0 for what nobody has told. */
export async function findEarned(
  tx: Tx,
  { shopId, code, key }: { shopId: number; code: string; key: string },
): Promise<number> {
  const where = { shopId_code_key: { shopId, code, key } };
  const row = await tx.earnEvent.findUnique({ where, select: { held: true, given: true } });
  return row === null ? 0 : Number(row.held + row.given);
}
