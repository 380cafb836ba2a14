import type { Prisma } from '~/platform/db/index.server';

export async function listShopsWithDueRuns(
  _db: Pick<Prisma.TransactionClient, '$queryRaw'>,
  _input: { now: Date },
): Promise<number[]> {
  throw new Error('not written yet');
}
