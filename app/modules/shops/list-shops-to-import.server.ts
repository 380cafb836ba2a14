import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';

const rowsSchema = z.array(z.object({ id: z.number() }));

/** Active shops with an unfinished import, or with none since they installed. `db` is the owner's client. */
export async function listShopsToImport(db: Pick<Tx, '$queryRaw'>): Promise<number[]> {
  const rows = await db.$queryRaw`
    SELECT s.id FROM shops s WHERE s.status = 'active' AND (
      EXISTS (SELECT 1 FROM backfill_runs b WHERE b.shop_id = s.id AND b.status IN ('requested', 'running', 'ingesting'))
      OR NOT EXISTS (SELECT 1 FROM backfill_runs b WHERE b.shop_id = s.id AND b.reason = 'install' AND b.started_at >= s.installed_at)
    ) ORDER BY s.id`;
  return rowsSchema.parse(rows).map(({ id }) => id);
}
