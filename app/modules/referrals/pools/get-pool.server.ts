import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { readProgramme } from '../programme-row.server';
import type { ReferralProgramme } from '../programme';
import { readPool, type OfferPool } from './pool-row.server';

/** A pool and the offer its codes are for. Throws `not_found`. */
export async function getPool(
  tx: Tx,
  { shopId, poolId }: { shopId: number; poolId: bigint },
): Promise<{ pool: OfferPool; programme: ReferralProgramme }> {
  const row = await tx.referralPool.findUnique({ where: { shopId_id: { shopId, id: poolId } } });
  if (!row) throw notFound('pool');
  const version = row.programmeVersion;
  const programme = await tx.referralProgramme.findUniqueOrThrow({
    where: { shopId_version: { shopId, version } },
  });
  return { pool: readPool(row), programme: readProgramme(programme) };
}
