import type { Tx } from '~/platform/db/index.server';
import type { ImportState, SetupGuide } from './types';

interface Row {
  dismissed: boolean;
  sender: boolean;
  earn_rule: boolean;
  flow: boolean;
  test_mail: boolean;
  imports: { status: string }[];
}

/** What of the set-up is done, read from what is there and not from a list of ticks. One query. */
export async function getSetupGuide(tx: Tx, input: { shopId: number }): Promise<SetupGuide> {
  const { shopId } = input;
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT s.setup_dismissed_at IS NOT NULL AS dismissed,
           s.sender_name IS NOT NULL AND s.postal_address IS NOT NULL AS sender,
           -- The first version comes with the install; the settings page shows the rule, so saving it is reading it.
           s.shop_id IS NOT NULL AND (s.setup_dismissed_at IS NULL OR s.updated_at <> s.setup_dismissed_at)
             OR EXISTS (SELECT 1 FROM earn_rules r WHERE r.shop_id = ${shopId} AND r.version > 1) AS earn_rule,
           EXISTS (SELECT 1 FROM flows f WHERE f.shop_id = ${shopId} AND f.enabled) AS flow,
           EXISTS (SELECT 1 FROM messages m WHERE m.shop_id = ${shopId} AND m.kind = 'test' AND m.sent_at IS NOT NULL) AS test_mail,
           coalesce((SELECT jsonb_agg(latest) FROM (
             SELECT DISTINCT ON (kind) status FROM backfill_runs b
             WHERE b.shop_id = ${shopId} AND b.reason = 'install' ORDER BY kind, started_at DESC) latest), '[]') AS imports
    FROM shops LEFT JOIN shop_settings s ON s.shop_id = shops.id WHERE shops.id = ${shopId}`;
  return {
    dismissed: row?.dismissed ?? false,
    import: importState(row?.imports.map((run) => run.status) ?? []),
    sender: row?.sender ?? false,
    earnRule: row?.earn_rule ?? false,
    flow: row?.flow ?? false,
    testMail: row?.test_mail ?? false,
  };
}

function importState(statuses: string[]): ImportState {
  if (statuses.length === 0) return 'none';
  if (statuses.includes('failed')) return 'failed';
  return statuses.every((status) => status === 'done') ? 'done' : 'running';
}
