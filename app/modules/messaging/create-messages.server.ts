import { randomToken } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import type { NewMessage } from './types';

/** The language is chosen when a mail is delivered, from what is known then. */
const undetermined = 'und';

/**
 * Writes mails to be delivered from `now` on. Idempotent by `dedupeKey`: the first one stays. Returns the ids in the order
 * of the input, new and old alike. The caller enqueues `email.deliver` after its commit, or leaves it to the sweep.
 */
export async function createMessages(
  tx: Tx,
  input: { shopId: number; messages: NewMessage[]; now: Date },
): Promise<{ ids: bigint[] }> {
  const { shopId, messages, now } = input;
  if (messages.length === 0) return { ids: [] };
  const rows = messages.map((message) => ({
    token: randomToken(),
    dedupe_key: message.dedupeKey,
    profile_id: message.profileId.toString(),
    kind: message.kind,
    flow_key: message.flowKey ?? null,
    flow_run_id: message.flowRunId?.toString() ?? null,
    node_key: message.nodeKey ?? null,
    template_key: message.templateKey,
    to_address: message.toAddress ?? null,
    locale: message.locale ?? undetermined,
    context: message.vars,
  }));
  await tx.$executeRaw`
    INSERT INTO messages (shop_id, token, dedupe_key, profile_id, kind, flow_key, flow_run_id, node_key, template_key,
                          locale, to_address, context, status, next_attempt_at, created_at)
    SELECT ${shopId}, r.token, r.dedupe_key, r.profile_id, r.kind, r.flow_key, r.flow_run_id, r.node_key, r.template_key,
           r.locale, r.to_address, r.context, 'queued', ${now}, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(token text, dedupe_key text, profile_id bigint, kind text, flow_key text, flow_run_id bigint, node_key text,
           template_key text, locale text, to_address text, context jsonb)
    ON CONFLICT (shop_id, dedupe_key) DO NOTHING`;
  const written = await tx.$queryRaw<{ id: bigint; dedupe_key: string }[]>`
    SELECT id, dedupe_key FROM messages
    WHERE shop_id = ${shopId} AND dedupe_key = ANY(${messages.map((message) => message.dedupeKey)}::text[])`;
  const byKey = new Map(written.map((row) => [row.dedupe_key, row.id]));
  return { ids: messages.map((message) => idOf(byKey, message.dedupeKey)) };
}

function idOf(byKey: Map<string, bigint>, key: string): bigint {
  const id = byKey.get(key);
  if (id === undefined) throw new Error(`message ${key} was not written`);
  return id;
}
