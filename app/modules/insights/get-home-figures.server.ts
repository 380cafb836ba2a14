import { sum, type Decimal } from '~/platform/money';
import type { Tx } from '~/platform/db/index.server';
import { figureNames, type Figure, type FigureName } from './types';

const days = 30;

interface Row {
  figure: FigureName;
  day: string;
  value: Decimal;
}

/**
 * The key figures of the last 30 shop-local days (today included) by day, and the total of the 30 days before. Orders
 * count when they are paid, not cancelled and not tests; amounts are net of refunds, in shop currency. One query.
 */
export async function getHomeFigures(tx: Tx, input: { shopId: number; now: Date }): Promise<Figure[]> {
  const dayList = await listDays(tx, input);
  const rows = await readFigures(tx, input);
  return figureNames.map((name) =>
    toFigure(
      name,
      dayList,
      rows.filter((row) => row.figure === name),
    ),
  );
}

function toFigure(name: FigureName, dayList: string[], rows: Row[]): Figure {
  const byDay = new Map(rows.map((row) => [row.day, row.value]));
  const values = (part: string[]) => part.map((day) => ({ day, value: (byDay.get(day) ?? 0).toString() }));
  const current = values(dayList.slice(days));
  const previous = values(dayList.slice(0, days));
  const total = (part: { value: string }[]) => sum(part.map((entry) => entry.value)).toString();
  return { name, total: total(current), previous: total(previous), days: current };
}

async function listDays(tx: Tx, { shopId, now }: { shopId: number; now: Date }): Promise<string[]> {
  const rows = await tx.$queryRaw<{ day: string }[]>`
    SELECT to_char((${now}::timestamptz AT TIME ZONE time_zone)::date - n, 'YYYY-MM-DD') AS day
    FROM shops, generate_series(${2 * days - 1}::int, 0, -1) n WHERE shops.id = ${shopId}`;
  return rows.map((row) => row.day);
}

function readFigures(tx: Tx, { shopId, now }: { shopId: number; now: Date }): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    WITH span AS (
      SELECT time_zone AS zone,
             ((${now}::timestamptz AT TIME ZONE time_zone)::date - ${2 * days - 1}::int)::timestamp AT TIME ZONE time_zone AS since
      FROM shops WHERE id = ${shopId}),
    paid AS (
      SELECT (processed_at AT TIME ZONE zone)::date AS day, sum(net_revenue) AS revenue, count(*) AS orders FROM orders, span
      WHERE shop_id = ${shopId} AND processed_at >= (SELECT since FROM span) AND processed_at <= ${now}
        AND paid_at IS NOT NULL AND cancelled_at IS NULL AND deleted_at IS NULL AND NOT test
      GROUP BY 1),
    found AS (
      SELECT 'netRevenue' AS figure, day, revenue AS value FROM paid
      UNION ALL SELECT 'orders', day, orders FROM paid
      UNION ALL SELECT 'recovered', (closed_at AT TIME ZONE zone)::date, sum(coalesce(recovered_amount, 0)) FROM carts, span
        WHERE shop_id = ${shopId} AND state = 'recovered' AND closed_at >= (SELECT since FROM span) AND closed_at <= ${now}
        GROUP BY 2
      UNION ALL SELECT 'mailsSent', (sent_at AT TIME ZONE zone)::date, count(*) FROM messages, span
        WHERE shop_id = ${shopId} AND sent_at IS NOT NULL AND kind <> 'test' AND sent_at >= (SELECT since FROM span) AND sent_at <= ${now}
        GROUP BY 2
      UNION ALL SELECT 'pointsEarned', (t.occurred_at AT TIME ZONE zone)::date, sum(p.points) FROM span, ledger_transactions t
        JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id AND p.points > 0
        WHERE t.shop_id = ${shopId} AND t.kind = 'earn' AND t.occurred_at >= (SELECT since FROM span) AND t.occurred_at <= ${now}
        GROUP BY 2)
    SELECT figure, to_char(day, 'YYYY-MM-DD') AS day, value::numeric AS value FROM found`;
}
