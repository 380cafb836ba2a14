import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { getShopView } from './get-shop-view.server';
import { iso, isoOrNull } from './iso';
import { messageColumns, toMessageRow, whoseColumns, type SendRow } from './send-row.server';
import type { MessagePage } from './types';

interface Row extends SendRow {
  locale: string;
  attempts: number;
  smtp_message_id: string | null;
  smtp_response: string | null;
  unsubscribed_at: Date | null;
  bounced_at: Date | null;
  complained_at: Date | null;
  flow_run_id: bigint | null;
  order_id: bigint | null;
  order_name: string | null;
  is_rendered: boolean;
  words_at: Date | null;
}

/** One mail: whose, what became of it, and every decision of the arbiter about it, oldest first. Throws not_found. */
export async function getMessagePage(
  tx: Tx,
  input: { shopId: number; messageId: bigint },
): Promise<MessagePage> {
  const { shopId, messageId } = input;
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT ${messageColumns}, ${whoseColumns}, m.locale, m.attempts, m.smtp_message_id, m.smtp_response, m.unsubscribed_at,
           m.bounced_at, m.complained_at, m.flow_run_id, m.order_id, o.name AS order_name, e.id IS NOT NULL AS is_rendered, v.created_at AS words_at
    FROM messages m
    LEFT JOIN profiles w ON w.shop_id = m.shop_id AND w.id = m.profile_id
    LEFT JOIN orders o ON o.shop_id = m.shop_id AND o.id = m.order_id
    LEFT JOIN email_templates e ON e.shop_id = m.shop_id AND e.id = m.template_id
    LEFT JOIN email_word_versions v ON v.shop_id = e.shop_id AND v.template_key = e.key AND v.locale = e.locale
      AND v.version = e.words_version
    WHERE m.shop_id = ${shopId} AND m.id = ${messageId}`;
  if (!row) throw notFound('message');
  return {
    shop: await getShopView(tx, { shopId }),
    message: {
      ...toMessageRow(row),
      locale: row.locale,
      createdAt: iso(row.at),
      attempts: row.attempts,
      smtpMessageId: row.smtp_message_id,
      smtpResponse: row.smtp_response,
      unsubscribedAt: isoOrNull(row.unsubscribed_at),
      bouncedAt: isoOrNull(row.bounced_at),
      complainedAt: isoOrNull(row.complained_at),
      flowRunId: row.flow_run_id === null ? null : String(row.flow_run_id),
      orderId: row.order_id === null ? null : String(row.order_id),
      orderName: row.order_name,
      isRendered: row.is_rendered,
      wordsAt: isoOrNull(row.words_at),
    },
    decisions: row.flow_run_id === null ? [] : await listDecisions(tx, shopId, row),
  };
}

async function listDecisions(tx: Tx, shopId: number, message: Row): Promise<MessagePage['decisions']> {
  const rows = await tx.$queryRaw<
    { id: bigint; outcome: string; reason: string; until: Date | null; decided_at: Date }[]
  >`
    SELECT id, outcome, reason, until, decided_at FROM send_decisions
    WHERE shop_id = ${shopId} AND profile_id = ${message.profile_id}
      AND flow_run_id = ${message.flow_run_id} AND node_key = ${message.node_key}
    ORDER BY decided_at, id LIMIT 50`;
  return rows.map((row) => ({
    id: String(row.id),
    outcome: row.outcome,
    reason: row.reason,
    until: isoOrNull(row.until),
    decidedAt: iso(row.decided_at),
  }));
}
