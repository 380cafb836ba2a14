import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { keyset, timeAndId, type Keyset } from './keyset.server';
import {
  decisionColumns,
  messageColumns,
  sendPlace,
  toMessageRow,
  whoseColumns,
  type SendRow,
} from './send-row.server';
import type { ListPage, MessageQuery, MessageRow, MessageTab } from './types';

/** What a tab shows of `messages`. */
const conditions: Record<Exclude<MessageTab, 'waiting'>, Prisma.Sql> = {
  all: Prisma.sql`true`,
  sent: Prisma.sql`m.status = 'sent'`,
  not_sent: Prisma.sql`m.status = 'withheld'`,
  failed: Prisma.sql`m.status = 'failed'`,
  unknown: Prisma.sql`m.status = 'unknown'`,
  test: Prisma.sql`m.kind = 'test'`,
};

function condition(shopId: number, tab: MessageTab): Prisma.Sql {
  if (tab !== 'waiting') return conditions[tab];
  // Each along its own index: few wait, and the newest first would be read from all that were ever sent.
  return Prisma.sql`m.id = ANY (ARRAY(
    SELECT id FROM messages WHERE shop_id = ${shopId} AND status = 'queued'
    UNION ALL SELECT id FROM messages WHERE shop_id = ${shopId} AND status = 'sending'))`;
}

/** The shop's mails, newest first; `not_sent` adds the arbiter's decisions against one (or for later). One query. */
export async function listMessages(
  tx: Tx,
  input: { shopId: number; query: MessageQuery; limit: number },
): Promise<ListPage<MessageRow>> {
  const { query, limit } = input;
  const reading = readCursor(query, isTimeAndId);
  const list = { by: Prisma.sql`s.at`, id: Prisma.sql`s.rank`, value: timeAndId };
  const { order } = keyset(reading, list);
  const rows = await tx.$queryRaw<SendRow[]>`
    SELECT s.*, ${whoseColumns} FROM (${messages(input, keyset(reading, byCreation))}
      ${query.tab === 'not_sent' ? Prisma.sql`UNION ALL ${decisions(input, keyset(reading, byDecision))}` : Prisma.empty}) s
    LEFT JOIN profiles w ON w.shop_id = ${input.shopId} AND w.id = s.profile_id
    ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(rows, { limit, reading, place: sendPlace, item: toMessageRow });
}

const byCreation = { by: Prisma.sql`m.created_at`, id: Prisma.sql`m.id * 2`, value: timeAndId };
const byDecision = { by: Prisma.sql`d.decided_at`, id: Prisma.sql`d.id * 2 + 1`, value: timeAndId };

interface Input {
  shopId: number;
  query: MessageQuery;
  limit: number;
}

// Each part is cut before the two are merged, so that each is read along its own index.
function messages({ shopId, query, limit }: Input, { from, order }: Keyset): Prisma.Sql {
  return Prisma.sql`(SELECT ${messageColumns} FROM messages m
    WHERE m.shop_id = ${shopId} AND ${condition(shopId, query.tab)} ${from} ORDER BY ${order} LIMIT ${limit + 1})`;
}

function decisions({ shopId, limit }: Input, { from, order }: Keyset): Prisma.Sql {
  return Prisma.sql`(SELECT ${decisionColumns} FROM send_decisions d
    WHERE d.shop_id = ${shopId} AND d.outcome <> 'send' ${from} ORDER BY ${order} LIMIT ${limit + 1})`;
}
