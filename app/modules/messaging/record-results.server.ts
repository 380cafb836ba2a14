import type { Tx } from '~/platform/db/index.server';

/** What to write down about a message after a delivery. */
export interface MessageResult {
  id: bigint;
  status: 'queued' | 'sent' | 'failed' | 'unknown' | 'withheld';
  attempts: number;
  nextAttemptAt: Date | null;
  smtpMessageId: string | null;
  smtpResponse: string | null;
  error: string | null;
  sentAt: Date | null;
  bouncedAt: Date | null;
}

/**
 * Writes results under the lease they were got with. A result that comes after the lease ran out still settles the fate of
 * its message (`unknown` becomes what it was), but never touches one that somebody else holds. What is not tried again keeps
 * no link into the portal, not even sealed. Returns the ids written.
 */
export async function recordResults(
  tx: Tx,
  input: { shopId: number; leaseId: string; results: MessageResult[] },
): Promise<Set<bigint>> {
  if (input.results.length === 0) return new Set();
  const ids = input.results.map(({ id }) => id); // besides the join, so that rows are found by their key and not by their state
  const rows = input.results.map((result) => ({
    id: result.id.toString(),
    status: result.status,
    attempts: result.attempts,
    next_attempt_at: result.nextAttemptAt,
    smtp_message_id: result.smtpMessageId,
    smtp_response: result.smtpResponse,
    error: result.error,
    sent_at: result.sentAt,
    bounced_at: result.bouncedAt,
  }));
  const written = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE messages m
    SET status = r.status, attempts = r.attempts, next_attempt_at = r.next_attempt_at, smtp_message_id = r.smtp_message_id,
        smtp_response = r.smtp_response, error = r.error, sent_at = r.sent_at, bounced_at = r.bounced_at,
        context = CASE WHEN r.status = 'queued' THEN m.context ELSE m.context - 'signIn' END,
        lease_until = NULL, lease_id = CASE WHEN r.status = 'unknown' THEN m.lease_id END,
        handed_over_at = CASE WHEN r.status = 'queued' THEN NULL ELSE m.handed_over_at END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id bigint, status text, attempts int, next_attempt_at timestamptz, smtp_message_id text, smtp_response text,
           error text, sent_at timestamptz, bounced_at timestamptz)
    WHERE m.shop_id = ${input.shopId} AND m.id = ANY(${ids}::bigint[]) AND m.id = r.id AND m.lease_id = ${input.leaseId} AND m.status IN ('sending', 'unknown')
    RETURNING m.id`;
  return new Set(written.map((row) => row.id));
}
