import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { keyset, timeAndId } from './keyset.server';
import {
  decisionColumns,
  messageColumns,
  sendPlace,
  toMessageRow,
  whoseColumns,
  type SendRow,
} from './send-row.server';
import type { ListPage, MessageRow, PageCursor } from './types';

/**
 * The mails of a person, and the decisions not to send one or to send it later, newest first: together they answer why
 * this person did, or did not, get something.
 */
export async function listProfileSends(
  tx: Tx,
  input: { shopId: number; profileId: bigint; cursor: PageCursor; limit: number },
): Promise<ListPage<MessageRow>> {
  const { shopId, profileId, limit } = input;
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, { by: Prisma.sql`s.at`, id: Prisma.sql`s.rank`, value: timeAndId });
  const rows = await tx.$queryRaw<SendRow[]>`
    SELECT s.*, ${whoseColumns} FROM (
      SELECT ${messageColumns} FROM messages m WHERE m.shop_id = ${shopId} AND m.profile_id = ${profileId}
      UNION ALL
      SELECT ${decisionColumns} FROM send_decisions d
      WHERE d.shop_id = ${shopId} AND d.profile_id = ${profileId} AND d.outcome <> 'send') s
    LEFT JOIN profiles w ON w.shop_id = ${shopId} AND w.id = s.profile_id
    WHERE true ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(rows, { limit, reading, place: sendPlace, item: toMessageRow });
}
