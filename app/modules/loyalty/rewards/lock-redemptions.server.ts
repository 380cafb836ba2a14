import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { lockAccounts } from '../lock-accounts.server';
import { readRedemption } from './redemption-row.server';
import type { Redemption } from './reward';

const maxRounds = 5;

/**
 * Locks redemptions and the accounts of their people until the transaction ends: accounts first, as everything here does, so
 * that nobody waits in a circle. Those that are not there are left out.
 */
export async function lockRedemptions(
  tx: Tx,
  { shopId, ids }: { shopId: number; ids: bigint[] },
): Promise<Redemption[]> {
  if (ids.length === 0) return [];
  const where = { shopId, id: { in: ids } };
  const locked = new Set<bigint>();
  for (let round = 0; round < maxRounds; round += 1) {
    const found = await tx.redemption.findMany({ where, select: { profileId: true } });
    const profileIds = [...new Set(found.map(({ profileId }) => profileId))];
    await lockAccounts(tx, { shopId, profileIds });
    profileIds.forEach((profileId) => locked.add(profileId));
    await tx.$queryRaw`
      SELECT id FROM redemptions WHERE shop_id = ${shopId} AND id = ANY (${ids}::bigint[]) ORDER BY id FOR NO KEY UPDATE`;
    const rows = await tx.redemption.findMany({ where, orderBy: { id: 'asc' } });
    // A merge may have given them to somebody else while this waited.
    if (rows.every(({ profileId }) => locked.has(profileId))) return rows.map(readRedemption);
  }
  throw new AppError('unavailable', {
    message: `redemptions ${ids.slice(0, 5).join(', ')} kept changing hands`,
    userMessage: 'These points are changing right now. Please try again in a moment.',
  });
}
