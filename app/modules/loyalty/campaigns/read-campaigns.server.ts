import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { goodsScopes } from '../goods-list';
import type { Campaign } from './campaign';

const scope = z.enum(goodsScopes);

/** Every version of the shop's campaigns, oldest first. Few rows; none for most shops. */
export async function readCampaigns(tx: Tx, { shopId }: { shopId: number }): Promise<Campaign[]> {
  const rows = await tx.campaign.findMany({
    where: { shopId },
    orderBy: [{ effectiveFrom: 'asc' }, { id: 'asc' }, { version: 'asc' }],
  });
  return rows.map(({ shopId: _shop, ...row }) => ({
    ...row,
    factor: decimal(row.factor),
    scope: scope.parse(row.scope),
    startsOn: row.startsOn?.toISOString().slice(0, 10) ?? null,
    endsOn: row.endsOn?.toISOString().slice(0, 10) ?? null,
    minimum: row.minimum === null ? null : decimal(row.minimum),
  }));
}
