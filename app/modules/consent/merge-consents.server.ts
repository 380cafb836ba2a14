import type { Tx } from '~/platform/db/index.server';
import { strictness } from './newest';

interface Won {
  profile_id: bigint;
  state: string;
  source: string;
  consented_at: Date;
}

/**
 * Moves consent, its evidence and what is owed to Shopify to the surviving profiles; the newest decision wins. A decision
 * the survivor's Shopify customer did not have yet is owed to Shopify. Idempotent.
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
  const won = await tx.$queryRaw<Won[]>`
    WITH gone AS (
      DELETE FROM consents c USING unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
      WHERE c.shop_id = ${shopId} AND c.profile_id = m.from_id
      RETURNING m.into_id, c.channel, c.state, c.level, c.source, c.consented_at
    ), newest AS (
      SELECT DISTINCT ON (into_id, channel) * FROM gone
      ORDER BY into_id, channel, consented_at DESC, array_position(${[...strictness]}::text[], state) DESC
    )
    INSERT INTO consents (shop_id, profile_id, channel, state, level, source, consented_at)
    SELECT ${shopId}, into_id, channel, state, level, source, consented_at FROM newest ORDER BY into_id
    ON CONFLICT (shop_id, profile_id, channel) DO UPDATE
      SET state = excluded.state, level = excluded.level, source = excluded.source, consented_at = excluded.consented_at
      WHERE (excluded.consented_at, array_position(${[...strictness]}::text[], excluded.state))
          > (consents.consented_at, array_position(${[...strictness]}::text[], consents.state))
    RETURNING profile_id, state, source, consented_at`;
  await movePushes(tx, { shopId, from, into });
  await oweNews(tx, shopId, won);
}

async function movePushes(tx: Tx, input: { shopId: number; from: bigint[]; into: bigint[] }): Promise<void> {
  await tx.$executeRaw`
    WITH gone AS (
      DELETE FROM consent_pushes c USING unnest(${input.from}::bigint[], ${input.into}::bigint[]) AS m(from_id, into_id)
      WHERE c.shop_id = ${input.shopId} AND c.profile_id = m.from_id AND c.pushed_at IS NULL
      RETURNING m.into_id, c.state, c.occurred_at
    )
    INSERT INTO consent_pushes (shop_id, profile_id, state, occurred_at)
    SELECT ${input.shopId}, into_id, state, occurred_at FROM gone
    ON CONFLICT (shop_id, profile_id, occurred_at) DO NOTHING`;
}

/** An unsubscription is passed on whoever told us; a subscription only when it was made with us. */
async function oweNews(tx: Tx, shopId: number, won: Won[]): Promise<void> {
  const news = won.filter(
    (row) => row.state === 'unsubscribed' || (row.state === 'subscribed' && row.source !== 'shopify'),
  );
  if (news.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO consent_pushes (shop_id, profile_id, state, occurred_at)
    SELECT p.shop_id, p.id, n.state, n.at
    FROM unnest(${news.map((row) => row.profile_id)}::bigint[], ${news.map((row) => row.state)}::text[],
                ${news.map((row) => row.consented_at)}::timestamptz[]) AS n(profile_id, state, at)
    JOIN profiles p ON p.shop_id = ${shopId} AND p.id = n.profile_id AND p.shopify_customer_id IS NOT NULL
    ON CONFLICT (shop_id, profile_id, occurred_at) DO NOTHING`;
}
