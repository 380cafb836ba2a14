import type { Tx } from '~/platform/db/index.server';
import { keepNewer, standingOf } from './keep-newer.server';
import { oweDecisions } from './owe-decisions.server';
import type { CheckoutTick } from './types';

/**
 * Lets of each checkout only what it says now count: a box unticked, or ticked for another address, takes back what was
 * agreed by it, and what held without it holds again, from the evidence. Comes after the checkouts' facts were applied, with
 * the newest each of them said. Idempotent, indifferent to order. Returns the people whose evidence counts otherwise now.
 */
export async function settleTicks(
  tx: Tx,
  input: { shopId: number; checkouts: CheckoutTick[] },
): Promise<{ profileIds: bigint[] }> {
  const { shopId, checkouts } = input;
  if (checkouts.length === 0) return { profileIds: [] };
  const tokens = checkouts.map(({ token }) => token);
  const said = JSON.stringify(checkouts.map(({ token, key, saidAt }) => ({ token, key, said_at: saidAt })));
  const rows = await tx.$queryRaw<{ profile_id: bigint }[]>`
    UPDATE consent_events e SET withdrawn_at = CASE WHEN e.key = s.key THEN NULL ELSE s.said_at END
    FROM jsonb_to_recordset(${said}::jsonb) AS s(token text, key text, said_at timestamptz)
    WHERE e.shop_id = ${shopId} AND e.checkout_token = ANY(${tokens}::text[]) AND e.checkout_token = s.token
      AND e.withdrawn_at IS DISTINCT FROM CASE WHEN e.key = s.key THEN NULL ELSE s.said_at END
    RETURNING e.profile_id`;
  const profileIds = [...new Set(rows.map((row) => row.profile_id))].sort((a, b) => (a < b ? -1 : 1));
  if (profileIds.length > 0) await restore(tx, shopId, profileIds);
  return { profileIds };
}

async function restore(tx: Tx, shopId: number, profileIds: bigint[]): Promise<void> {
  // Locked before the evidence is read: whoever decides at the same time is waited for, and then seen.
  await tx.$queryRaw`
    SELECT 1 FROM consents WHERE shop_id = ${shopId} AND profile_id = ANY(${profileIds}::bigint[])
    ORDER BY profile_id FOR UPDATE`;
  await tx.$executeRaw`
    DELETE FROM consents c
    WHERE c.shop_id = ${shopId} AND c.profile_id = ANY(${profileIds}::bigint[]) AND c.source = 'checkout'
      AND (SELECT bool_and(e.withdrawn_at IS NOT NULL) FROM consent_events e
           WHERE e.shop_id = c.shop_id AND e.profile_id = c.profile_id AND e.channel = c.channel
             AND e.occurred_at = c.consented_at AND e.state = c.state AND e.source = c.source)`;
  await tx.$executeRaw`
    INSERT INTO consents (shop_id, profile_id, channel, state, level, source, consented_at)
    SELECT DISTINCT ON (e.profile_id) e.shop_id, e.profile_id, e.channel, e.state, e.level, e.source, e.occurred_at
    FROM consent_events e
    WHERE e.shop_id = ${shopId} AND e.profile_id = ANY(${profileIds}::bigint[]) AND e.channel = 'email'
      AND e.withdrawn_at IS NULL
    ORDER BY e.profile_id, ${standingOf('e', 'occurred_at')} DESC
    ${keepNewer}`;
  await oweDecisions(tx, { shopId, profileIds });
}
