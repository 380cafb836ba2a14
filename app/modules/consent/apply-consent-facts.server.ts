import { resolveProfiles } from '~/modules/customers/index.server';
import type { Tx } from '~/platform/db/index.server';
import { keepNewer, standingOf } from './keep-newer.server';
import { wholeSecond } from './newest';
import { oweDecisions } from './owe-decisions.server';
import type { ConsentChange, ConsentFact, ConsentState } from './types';

interface ChangedRow {
  profile_id: bigint;
  state: ConsentState;
  consented_at: Date;
  key: string;
  was: ConsentState | null;
}

/**
 * Stores what Shopify, a checkout or an import told. Idempotent by fact key, indifferent to order: the newest decision
 * wins, on a tie the stricter one; a tick that was taken back counts for nothing until `settleTicks` lets it. `profileIds` are all people the facts were about, `changes` those whose state is now
 * another one. Owes Shopify nothing it said about that customer itself.
 */
export async function applyConsentFacts(
  tx: Tx,
  input: { shopId: number; facts: ConsentFact[]; now: Date },
): Promise<{ profileIds: bigint[]; changes: ConsentChange[] }> {
  const { shopId, facts, now } = input;
  if (facts.length === 0) return { profileIds: [], changes: [] };
  const people = facts.map((fact) => ({
    shopifyCustomerId: fact.shopifyCustomerId,
    email: fact.email,
    phone: null,
    seenAt: fact.occurredAt,
  }));
  const ids = await resolveProfiles(tx, { shopId, people, now });
  const told = facts.flatMap((fact, index) => {
    const profileId = ids[index];
    if (profileId == null) return [];
    const { state, level, source, key, shopifyCustomerId, checkoutToken = null } = fact;
    return [
      {
        profile_id: profileId.toString(),
        state,
        level,
        source,
        key,
        checkout_token: checkoutToken,
        evidence: shopifyCustomerId === null ? {} : { customerId: shopifyCustomerId.toString() },
        occurred_at: wholeSecond(fact.occurredAt),
      },
    ];
  });
  if (told.length === 0) return { profileIds: [], changes: [] };
  const json = JSON.stringify(told);
  await recordEvents(tx, shopId, json);
  const rows = await keepNewest(tx, shopId, json);
  const profileIds = [...new Set(ids.filter((id) => id !== null))];
  await oweDecisions(tx, { shopId, profileIds });
  return {
    profileIds,
    changes: rows
      .filter((row) => row.was !== row.state)
      .map((row) => ({
        profileId: row.profile_id,
        state: row.state,
        was: row.was,
        occurredAt: row.consented_at,
        key: row.key,
      })),
  };
}

async function recordEvents(tx: Tx, shopId: number, told: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO consent_events
      (shop_id, profile_id, channel, state, level, source, key, checkout_token, evidence, occurred_at)
    SELECT ${shopId}, t.profile_id, 'email', t.state, t.level, t.source, t.key, t.checkout_token, t.evidence, t.occurred_at
    FROM jsonb_to_recordset(${told}::jsonb)
      AS t(profile_id bigint, state text, level text, source text, key text, checkout_token text, evidence jsonb,
           occurred_at timestamptz)
    ON CONFLICT (shop_id, key) DO NOTHING`;
}

async function keepNewest(tx: Tx, shopId: number, told: string): Promise<ChangedRow[]> {
  return tx.$queryRaw<ChangedRow[]>`
    WITH newest AS (
      SELECT DISTINCT ON (t.profile_id) t.*
      FROM jsonb_to_recordset(${told}::jsonb)
        AS t(profile_id bigint, state text, level text, source text, key text, checkout_token text, occurred_at timestamptz)
      WHERE t.checkout_token IS NULL OR NOT EXISTS (
        SELECT 1 FROM consent_events e WHERE e.shop_id = ${shopId} AND e.key = t.key AND e.withdrawn_at IS NOT NULL)
      ORDER BY t.profile_id, ${standingOf('t', 'occurred_at')} DESC
    ), before AS (
      SELECT c.profile_id, c.state FROM consents c
      WHERE c.shop_id = ${shopId} AND c.channel = 'email' AND c.profile_id IN (SELECT profile_id FROM newest)
    ), kept AS (
      INSERT INTO consents (shop_id, profile_id, channel, state, level, source, consented_at)
      SELECT ${shopId}, profile_id, 'email', state, level, source, occurred_at FROM newest ORDER BY profile_id
      ${keepNewer}
      RETURNING profile_id, state, consented_at
    )
    SELECT kept.*, newest.key, before.state AS was
    FROM kept JOIN newest USING (profile_id) LEFT JOIN before USING (profile_id)
    ORDER BY profile_id`;
}
