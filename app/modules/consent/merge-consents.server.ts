import type { Tx } from '~/platform/db/index.server';
import { keepNewer, standingOf } from './keep-newer.server';
import { oweDecisions } from './owe-decisions.server';

/**
 * Moves consent and its evidence to the surviving profiles; the newest decision wins. One the survivor's Shopify customer did
 * not have yet is owed to Shopify; what was owed of those who are gone is void. Idempotent.
 */
export async function mergeConsents(
  tx: Tx,
  input: { shopId: number; merges: { fromProfileId: bigint; intoProfileId: bigint }[]; now: Date },
): Promise<void> {
  const { shopId, merges } = input;
  if (merges.length === 0) return;
  const from = merges.map((merge) => merge.fromProfileId);
  const into = merges.map((merge) => merge.intoProfileId);
  await tx.$executeRaw`
    UPDATE consent_events e SET profile_id = m.into_id
    FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
    WHERE e.shop_id = ${shopId} AND e.profile_id = m.from_id`;
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM consents c USING unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
      WHERE c.shop_id = ${shopId} AND c.profile_id = m.from_id
      RETURNING m.into_id, c.channel, c.state, c.level, c.source, c.consented_at
    ), newest AS (
      SELECT DISTINCT ON (into_id, channel) * FROM gone
      ORDER BY into_id, channel, ${standingOf('gone', 'consented_at')} DESC
    )
    INSERT INTO consents (shop_id, profile_id, channel, state, level, source, consented_at)
    SELECT ${shopId}, into_id, channel, state, level, source, consented_at FROM newest ORDER BY into_id
    ${keepNewer}`;
  await oweDecisions(tx, { shopId, profileIds: into });
}
