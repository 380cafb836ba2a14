import type { Tx } from '~/platform/db/index.server';

/** The days of these moments on the shop's calendar, counted from 1970. */
export async function localDays(tx: Tx, input: { shopId: number; moments: Date[] }): Promise<number[]> {
  const rows = await tx.$queryRaw<{ day: number }[]>`
    SELECT (at AT TIME ZONE s.time_zone)::date - DATE '1970-01-01' AS day
    FROM shops s, unnest(${input.moments}::timestamptz[]) WITH ORDINALITY AS m(at, n) WHERE s.id = ${input.shopId} ORDER BY n`;
  return rows.map((row) => row.day);
}
