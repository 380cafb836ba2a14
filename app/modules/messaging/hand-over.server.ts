import type { Tx } from '~/platform/db/index.server';

export interface HandOver {
  id: bigint;
  templateId: bigint;
  locale: string;
  to: string;
  vars: object;
  contentHash: string;
}

const answerWithinMs = 15 * 60_000;

/**
 * Marks messages as handed over; the caller commits, and only then talks to the mail server. Returns those that still may
 * go: the lease is still ours and the shop still has the app. From here on nobody else will ever send them.
 */
export async function handOver(
  tx: Tx,
  input: { shopId: number; leaseId: string; items: HandOver[]; now: Date; realNow: Date },
): Promise<Set<bigint>> {
  const { shopId, leaseId, now, realNow } = input;
  const rows = input.items.map((item) => ({
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
    WHERE m.shop_id = ${shopId} AND m.id = r.id AND m.status = 'sending' AND m.lease_id = ${leaseId}
      AND EXISTS (SELECT 1 FROM shops s WHERE s.id = ${shopId} AND s.status = 'active')
    RETURNING m.id`;
  return new Set(marked.map((row) => row.id));
}
