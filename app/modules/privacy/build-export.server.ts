import { Prisma, type Tx } from '~/platform/db/index.server';
import { personalTables } from './inventory';
import { findSubjects, subjectRow } from './subjects.server';
import type { DataRequestFact } from './types';

/**
 * Everything held on a person, as JSON text: for each table of the inventory the rows that are theirs. Text and not a value,
 * because the numbers of orders are longer than a JavaScript number is exact.
 */
export async function buildExport(
  tx: Tx,
  input: { shopId: number; request: DataRequestFact; now: Date },
): Promise<string> {
  const { shopId, request, now } = input;
  const subjects = await findSubjects(tx, { shopId, asked: [request] });
  const s = subjectRow(shopId, subjects, now);
  const sections: string[] = [];
  for (const [table, { rows, exported }] of Object.entries(personalTables)) {
    if (!exported) continue;
    const t = Prisma.raw(table);
    const [row] = await tx.$queryRaw<{ rows: string }[]>`
      SELECT coalesce(jsonb_agg(to_jsonb(t) - 'shop_id'), '[]')::text AS rows
      FROM ${t} t, ${s} WHERE t.shop_id = s.shop_id AND ${Prisma.raw(rows)}`;
    sections.push(`${JSON.stringify(table)}: ${row?.rows ?? '[]'}`);
  }
  const about = JSON.stringify({
    shopifyCustomerId: request.subject.shopifyCustomerId?.toString() ?? null,
    email: request.subject.email,
    phone: request.subject.phone,
  });
  return `{"about": ${about}, "asOf": ${JSON.stringify(now)}, "held": {${sections.join(', ')}}}`;
}
