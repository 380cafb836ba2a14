import type { Tx } from '~/platform/db/index.server';

/** The days of the shop's time zone these moments fall on, counted from 1970. */
export async function localDays(tx: Tx, shopId: number, moments: Date[]): Promise<number[]> {
  const rows = await tx.$queryRaw<{ day: number }[]>`
    SELECT (at AT TIME ZONE s.time_zone)::date - DATE '1970-01-01' AS day
    FROM shops s, unnest(${moments}::timestamptz[]) WITH ORDINALITY AS m(at, n) WHERE s.id = ${shopId} ORDER BY n`;
  return rows.map((row) => row.day);
}

/** YYYY-MM-DD of such a day. */
export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
