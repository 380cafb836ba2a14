import type { Tx } from '~/platform/db/index.server';
import type { Problems } from './types';

const failedMailDays = 7;

type Row = Record<'dead' | 'unknown' | 'failed' | 'imports' | 'ledger', bigint>;

/** What needs a look, counted; all from small partial indexes. Failed mails count for a week. */
export async function getProblems(
  tx: Tx,
  input: { shopId: number; shopDomain: string; now: Date },
): Promise<Problems> {
  const { shopId, shopDomain } = input;
  const since = new Date(input.now.getTime() - failedMailDays * 86_400_000);
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT (SELECT count(*) FROM inbox_events WHERE shop_domain = ${shopDomain} AND status = 'dead') AS dead,
           (SELECT count(*) FROM messages WHERE shop_id = ${shopId} AND status = 'unknown') AS unknown,
           (SELECT count(*) FROM messages WHERE shop_id = ${shopId} AND status = 'failed' AND created_at >= ${since}) AS failed,
           (SELECT count(*) FROM (SELECT DISTINCT ON (kind) status FROM backfill_runs
              WHERE shop_id = ${shopId} ORDER BY kind, started_at DESC) latest WHERE latest.status = 'failed') AS imports,
           (SELECT count(*) FROM ledger_audits
            WHERE shop_id = ${shopId} AND (drifted > 0 OR unbalanced <> 0)) AS ledger`;
  return {
    deadDeliveries: Number(row?.dead ?? 0),
    unknownMails: Number(row?.unknown ?? 0),
    failedMails: Number(row?.failed ?? 0),
    failedImports: Number(row?.imports ?? 0),
    brokenLedger: Number(row?.ledger ?? 0),
  };
}
