import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';

/** A month of an affiliate's account in one currency. opening + earned + reversed + paid = closing; decimal strings, signed. */
export interface StatementPart {
  currency: string;
  opening: string;
  earned: string;
  reversed: string; // by refunds and cancellations
  paid: string; // what left, below 0
  closing: string; // waiting, payable and on its way
}

export interface Statement {
  month: string; // YYYY-MM of the shop's time zone
  parts: StatementPart[];
  lines: { at: Date; kind: 'earn' | 'reverse' | 'pay'; currency: string; amount: string }[]; // oldest first
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
): Promise<Statement['lines']> {
  return tx.$queryRaw<Statement['lines']>`
    SELECT t.created_at AS at, t.kind, t.currency, sum(p.amount)::text AS amount
    FROM affiliate_accounts a
    JOIN affiliate_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
    JOIN affiliate_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE a.shop_id = ${shopId} AND a.affiliate_id = ${affiliateId} AND t.kind IN ('earn', 'reverse', 'pay')
      AND to_char(t.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM') = ${month}
    GROUP BY t.id, t.created_at, t.kind, t.currency ORDER BY t.id`;
}

async function readParts(tx: Tx, { shopId, affiliateId, month, timeZone }: Asked): Promise<StatementPart[]> {
  return tx.$queryRaw<StatementPart[]>`
    WITH moved AS (
      SELECT t.currency, t.kind, p.amount, to_char(t.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM') AS month
      FROM affiliate_accounts a
      JOIN affiliate_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
      JOIN affiliate_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
      WHERE a.shop_id = ${shopId} AND a.affiliate_id = ${affiliateId})
    SELECT currency,
      coalesce(sum(amount) FILTER (WHERE month < ${month}), 0)::text AS opening,
      coalesce(sum(amount) FILTER (WHERE month = ${month} AND kind = 'earn'), 0)::text AS earned,
      coalesce(sum(amount) FILTER (WHERE month = ${month} AND kind = 'reverse'), 0)::text AS reversed,
      coalesce(sum(amount) FILTER (WHERE month = ${month} AND kind = 'pay'), 0)::text AS paid,
      coalesce(sum(amount) FILTER (WHERE month <= ${month}), 0)::text AS closing
    FROM moved WHERE month <= ${month} GROUP BY currency ORDER BY currency`;
}
