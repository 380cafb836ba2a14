import { Prisma } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import type { Place } from './cursor';
import { fullName, iso, isoOrNull } from './iso';
import type { MessageRow } from './types';

/** A row of `messages` or of `send_decisions`, as `messageColumns` and `decisionColumns` select them. */
export interface SendRow {
  id: bigint;
  type: 'message' | 'decision';
  at: Date;
  rank: bigint; // tells a message and a decision with the same time and id apart
  profile_id: bigint;
  first_name: string | null;
  last_name: string | null;
  profile_email: string | null;
  flow_key: string | null;
  node_key: string | null;
  template_key: string | null;
  message_kind: string | null;
  status: string;
  reason: string | null;
  until: Date | null;
  error: string | null;
  sent_at: Date | null;
  clicked_at: Date | null;
  revenue: Decimal | null;
  to_address: string | null;
}

/** Of `messages m`: with the arbiter's last word about it, looked up by its step of its flow run. */
export const messageColumns = Prisma.sql`
  m.id, 'message' AS type, m.created_at AS at, m.id * 2 AS rank, m.profile_id, m.flow_key, m.node_key, m.template_key, m.kind AS message_kind, m.status,
  (SELECT d.reason FROM send_decisions d WHERE d.shop_id = m.shop_id AND d.profile_id = m.profile_id
     AND d.flow_run_id = m.flow_run_id AND d.node_key = m.node_key ORDER BY d.decided_at DESC, d.id DESC LIMIT 1) AS reason,
  NULL::timestamptz AS until, m.error, m.sent_at, m.clicked_at, m.revenue, m.to_address`;

/** Of `send_decisions d`. */
export const decisionColumns = Prisma.sql`
  d.id, 'decision' AS type, d.decided_at AS at, d.id * 2 + 1 AS rank, d.profile_id, d.flow_key, d.node_key, NULL AS template_key, NULL AS message_kind,
  d.outcome AS status, d.reason, d.until, NULL AS error, NULL::timestamptz AS sent_at, NULL::timestamptz AS clicked_at,
  NULL::numeric AS revenue, NULL AS to_address`;

export const whoseColumns = Prisma.sql`w.first_name, w.last_name, w.email AS profile_email`;

/** The place of a row in a list of both. */
export function sendPlace(row: SendRow): Place {
  return [row.at.toISOString(), String(row.rank)];
}

export function toMessageRow(row: SendRow): MessageRow {
  return {
    id: String(row.id),
    type: row.type,
    at: iso(row.at),
    flowKey: row.flow_key,
    nodeKey: row.node_key,
    templateKey: row.template_key,
    messageKind: row.message_kind,
    status: row.status,
    reason: row.reason,
    until: isoOrNull(row.until),
    error: row.error,
    sentAt: isoOrNull(row.sent_at),
    clickedAt: isoOrNull(row.clicked_at),
    revenue: row.revenue?.toString() ?? null,
    profileId: String(row.profile_id),
    profileName: fullName(row.first_name, row.last_name) ?? row.profile_email,
    toAddress: row.to_address,
  };
}
