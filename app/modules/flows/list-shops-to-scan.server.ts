import type { Prisma } from '~/platform/db/index.server';

export async function listShopsToScan(_db: Pick<Prisma.TransactionClient, '$queryRaw'>): Promise<number[]> {
  throw new Error('not written yet');
}
