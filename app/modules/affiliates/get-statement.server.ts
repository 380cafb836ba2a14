import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import type { StatementLine, StatementPart } from './types';

export interface Statement {
  month: string; // YYYY-MM of the shop's time zone
  parts: StatementPart[];
  lines: StatementLine[]; // oldest first
}

const monthSchema = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);

/**
 * What an affiliate earned, lost and was paid in a month of the shop's time zone. An entry counts on the day it was booked, so
 * that a month that is over never changes. Throws `not_found` for what is no month.
 */
export async function getStatement(
  tx: Tx,
  input: { shopId: number; affiliateId: bigint; month: string; timeZone: string },
): Promise<Statement> {
  const month = monthSchema.safeParse(input.month).data;
  if (month === undefined) throw notFound('statement');
  const rows = await readEntries(tx, { ...input, month });
  const parts = await readParts(tx, { ...input, month });
  return { month, parts, lines: rows };
}

interface Asked {
  shopId: number;
  affiliateId: bigint;
  month: string;
  timeZone: string;
}

async function readEntries(
  tx: Tx,
  { shopId, affiliateId, month, timeZone }: Asked,
): Promise<StatementLine[]> {
  const first = `${month}-01`;
  return tx.$queryRaw<StatementLine[]>`
    SELECT created_at AS at, kind, currency, moved::text AS amount
    FROM affiliate_transactions
    WHERE shop_id = ${shopId} AND affiliate_id = ${affiliateId} AND moved <> 0
      AND created_at >= ${first}::timestamp AT TIME ZONE ${timeZone}
      AND created_at < (${first}::timestamp + interval '1 month') AT TIME ZONE ${timeZone}
    ORDER BY id`;
}

async function readParts(tx: Tx, { shopId, affiliateId, month, timeZone }: Asked): Promise<StatementPart[]> {
  const first = `${month}-01`;
  return tx.$queryRaw<StatementPart[]>`
    WITH entry AS (
      SELECT currency, kind, moved, created_at >= ${first}::timestamp AT TIME ZONE ${timeZone} AS within
      FROM affiliate_transactions
      WHERE shop_id = ${shopId} AND affiliate_id = ${affiliateId} AND moved <> 0
        AND created_at < (${first}::timestamp + interval '1 month') AT TIME ZONE ${timeZone})
    SELECT currency,
      coalesce(sum(moved) FILTER (WHERE NOT within), 0)::text AS opening,
      coalesce(sum(moved) FILTER (WHERE within AND kind = 'earn'), 0)::text AS earned,
      coalesce(sum(moved) FILTER (WHERE within AND kind = 'reverse'), 0)::text AS reversed,
      coalesce(sum(moved) FILTER (WHERE within AND kind = 'pay'), 0)::text AS paid,
      sum(moved)::text AS closing
    FROM entry GROUP BY currency ORDER BY currency`;
}
