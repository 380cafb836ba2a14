import type { Prisma } from '~/platform/db/index.server';

/** Shops in which at least one open cart has been quiet for as long as the merchant's delay. Run by `acrossShops`. */
export async function listShopsWithDueCarts(
  _db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  _input: { now: Date },
): Promise<number[]> {
  throw new Error('listShopsWithDueCarts is being built');
}
