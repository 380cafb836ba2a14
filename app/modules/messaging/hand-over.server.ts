import type { Tx } from '~/platform/db/index.server';

export interface HandOver {
  id: bigint;
  /** Whose mail it is; null for a test. */
  profileId: bigint | null;
  templateId: bigint;
  locale: string;
  to: string;
  vars: object;
  contentHash: string;
}

const answerWithinMs = 15 * 60_000;

/**
 * Marks messages as handed over; the caller commits, and only then talks to the mail server. Returns those that still may
 * go: the lease is still ours, the shop still has the app, and the person is still there under that address. From here on
 * nobody else will ever send them.
 */
export async function handOver(
  tx: Tx,
  input: { shopId: number; leaseId: string; items: HandOver[]; now: Date; realNow: Date },
): Promise<Set<bigint>> {
  const { shopId, leaseId, now, realNow } = input;
  const there = await lockPeople(tx, shopId, input.items);
  const items = input.items.filter(
    (item) => item.profileId === null || there.get(item.profileId) === item.to,
  );
  const rows = items.map((item) => ({
    id: item.id.toString(),
    template_id: item.templateId.toString(),
    locale: item.locale,
    to_address: item.to,
    vars: item.vars,
    content_hash: item.contentHash,
  }));
  const marked = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE messages m
    SET handed_over_at = ${now}, lease_until = ${new Date(realNow.getTime() + answerWithinMs)}, template_id = r.template_id,
        locale = r.locale, to_address = r.to_address, vars = r.vars, content_hash = r.content_hash
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id bigint, template_id bigint, locale text, to_address text, vars jsonb, content_hash text)
    WHERE m.shop_id = ${shopId} AND m.id = ANY(${items.map(({ id }) => id)}::bigint[]) AND m.id = r.id AND m.status = 'sending' AND m.lease_id = ${leaseId}
      AND EXISTS (SELECT 1 FROM shops s WHERE s.id = ${shopId} AND s.status = 'active')
    RETURNING m.id`;
  return new Set(marked.map((row) => row.id));
}

/**
 * The addresses of the people who are still there. The lock makes an erasure wait, or makes us wait for it: no address is
 * written into a message after the person was forgotten.
 */
async function lockPeople(tx: Tx, shopId: number, items: HandOver[]): Promise<Map<bigint, string | null>> {
  const ids = items.flatMap((item) => (item.profileId === null ? [] : [item.profileId]));
  const rows = await tx.$queryRaw<{ id: bigint; email: string | null }[]>`
    SELECT id, email FROM profiles
    WHERE shop_id = ${shopId} AND id = ANY(${ids}::bigint[])
      AND merged_into_id IS NULL AND redacted_at IS NULL AND deleted_at IS NULL
    ORDER BY id FOR SHARE`;
  return new Map(rows.map((row) => [row.id, row.email]));
}
