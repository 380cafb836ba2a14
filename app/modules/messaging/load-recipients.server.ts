import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import type { RecipientFacts } from './arbiter';

interface Row {
  id: bigint;
  email: string | null;
  reachable: boolean;
  consent: string | null;
  marketing_at: Date[] | null;
}

/**
 * What the arbiter must know about each person, in two reads for the whole batch. `since` bounds the mails counted for the
 * cap. Someone deleted, redacted or merged away has no address here. Reads the tables of consent (see ARBITER.md).
 */
export async function loadRecipients(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; since: Date },
): Promise<Map<bigint, RecipientFacts>> {
  const { shopId, profileIds, since } = input;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT p.id, p.email,
           p.merged_into_id IS NULL AND p.redacted_at IS NULL AND p.deleted_at IS NULL AS reachable,
           c.state AS consent, m.marketing_at
    FROM profiles p
    LEFT JOIN consents c ON c.shop_id = p.shop_id AND c.profile_id = p.id AND c.channel = 'email'
    LEFT JOIN LATERAL (
      SELECT array_agg(coalesce(m.sent_at, m.created_at)) AS marketing_at
      FROM messages m
      WHERE m.shop_id = p.shop_id AND m.profile_id = p.id AND m.kind = 'marketing'
        AND m.status IN ('sent', 'unknown', 'sending', 'queued')
        AND (m.sent_at IS NULL OR m.sent_at > ${since})
    ) AS m ON true
    WHERE p.shop_id = ${shopId} AND p.id = ANY(${profileIds})`;
  const suppressions = await loadSuppressions(
    tx,
    shopId,
    rows.map((row) => row.email),
  );
  return new Map(rows.map((row) => [row.id, toFacts(row, suppressions)]));
}

function toFacts(row: Row, suppressions: Map<string, string>): RecipientFacts {
  const email = row.reachable ? row.email : null;
  return {
    hasEmail: email !== null,
    suppression: (email !== null && suppressions.get(keyedHash(email))) || null,
    consent: row.consent ?? 'not_subscribed',
    marketingAt: row.marketing_at ?? [],
  };
}

/** Why addresses are suppressed, by keyed hash: that is all that is left of them after an erasure. */
async function loadSuppressions(
  tx: Tx,
  shopId: number,
  emails: (string | null)[],
): Promise<Map<string, string>> {
  const hashes = emails.flatMap((email) => (email === null ? [] : [keyedHash(email)]));
  const rows = await tx.$queryRaw<{ address_hash: string; reason: string }[]>`
    SELECT address_hash, reason FROM suppressions
    WHERE shop_id = ${shopId} AND channel = 'email' AND address_hash = ANY(${hashes})`;
  return new Map(rows.map((row) => [row.address_hash, row.reason]));
}
