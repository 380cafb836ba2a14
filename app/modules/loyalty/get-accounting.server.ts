import { Prisma, type Tx } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { computeAccounting, sumAccounting } from './accounting';
import { getPointValue } from './get-point-value.server';
import { sumsOfDays } from './sums-of-days.server';
import type { AccountingReport, AccountingUnit } from './types';

export interface GetAccountingInput {
  shopId: number;
  unit: AccountingUnit;
  periods: number; // how many, the present one included; 1 to 1,200
  now: Date;
}

interface Row {
  period: string | null;
  kind: string;
  account: string;
  points: bigint;
}

const formats: Record<AccountingUnit, string> = { day: 'YYYY-MM-DD', month: 'YYYY-MM' };

/**
 * The books of the last days or months of the shop's time zone, oldest first, the present one included. An entry counts on
 * the day it was booked, so a day that is over never changes. Days that were closed are read from their sums, later ones
 * from the ledger. Points are whole; the liability is shop currency, null while the value of a point is not told.
 */
export async function getAccounting(tx: Tx, input: GetAccountingInput): Promise<AccountingReport> {
  const names = await listPeriods(tx, input);
  const rows = await readMovements(tx, input, names[0] ?? '');
  const periods = computeAccounting(
    names,
    rows.map((row) => ({ ...row, points: Number(row.points) })),
  );
  const last = periods.at(-1);
  const outstanding = last?.closing ?? 0;
  const pointValue = await getPointValue(tx, input);
  return {
    unit: input.unit,
    periods,
    totals: sumAccounting(periods),
    outstanding,
    pending: last?.pending ?? 0,
    pointValue,
    liability: pointValue === null ? null : decimal(pointValue).times(outstanding).toString(),
  };
}

async function listPeriods(tx: Tx, { shopId, unit, periods, now }: GetAccountingInput): Promise<string[]> {
  const rows = await tx.$queryRaw<{ period: string }[]>`
    SELECT to_char(date_trunc(${unit}, ${now}::timestamptz AT TIME ZONE time_zone) - n * ('1 ' || ${unit})::interval, ${formats[unit]}) AS period
    FROM shops, generate_series(${periods - 1}::int, 0, -1) n WHERE shops.id = ${shopId}`;
  return rows.map((row) => row.period);
}

/** Sums by period, kind and account; what was booked before `first` as one period without a name. */
function readMovements(tx: Tx, { shopId, unit }: GetAccountingInput, first: string): Promise<Row[]> {
  const name = Prisma.sql`to_char(day, ${formats[unit]})`;
  return tx.$queryRaw<Row[]>`
    WITH zone AS (SELECT time_zone FROM shops WHERE id = ${shopId}),
    closed AS (
      SELECT open_from FROM ledger_closings c, zone WHERE c.shop_id = ${shopId} AND c.time_zone = zone.time_zone),
    since AS (SELECT coalesce((SELECT open_from FROM closed), '-infinity') AS day),
    booked AS (
      SELECT day, kind, account, points FROM ledger_days
      WHERE shop_id = ${shopId} AND day < (SELECT open_from FROM closed)
      UNION ALL
      ${sumsOfDays(shopId, Prisma.sql`SELECT day FROM since`, Prisma.sql`SELECT 'infinity'::date`)})
    SELECT period, kind, account, sum(points)::bigint AS points FROM (
      SELECT CASE WHEN ${name} >= ${first} THEN ${name} END AS period, kind, account, points FROM booked) named
    GROUP BY period, kind, account`;
}
