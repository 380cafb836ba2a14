import { contentHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { sum } from '~/platform/money';
import type { RefundFact } from './types';

/**
 * Stores refunds, each once by its id, whether or not their orders are known. A refund does not change; if it is told in
 * two ways nevertheless, the same one of them stands in every order of arrival.
 */
export async function storeRefunds(tx: Tx, input: { shopId: number; facts: RefundFact[] }): Promise<void> {
  const { shopId } = input;
  const facts = distinct(input.facts);
  if (facts.length === 0) return;
  const rows = facts.map(({ fact, version }) => {
    const lines = sum(fact.lines.map(({ subtotal }) => subtotal));
    return {
      id: fact.id.toString(),
      order_id: fact.orderId.toString(),
      processed_at: fact.processedAt,
      lines,
      shipping: fact.shipping,
      adjustments: fact.adjustments,
      tax: fact.tax,
      total: sum([lines, fact.shipping, fact.adjustments, fact.tax]),
      restocked: fact.restocked,
      fact_version: version,
    };
  });
  const written = await tx.$queryRaw<{ id: bigint; is_new: boolean }[]>`
    INSERT INTO refunds AS f
      (shop_id, id, order_id, processed_at, lines, shipping, adjustments, tax, total, restocked, fact_version)
    SELECT ${shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      id bigint, order_id bigint, processed_at timestamptz, lines numeric, shipping numeric, adjustments numeric,
      tax numeric, total numeric, restocked boolean, fact_version text)
    ORDER BY r.id
    ON CONFLICT (shop_id, id) DO UPDATE SET
      order_id = excluded.order_id, processed_at = excluded.processed_at, lines = excluded.lines,
      shipping = excluded.shipping, adjustments = excluded.adjustments, tax = excluded.tax, total = excluded.total,
      restocked = excluded.restocked, fact_version = excluded.fact_version
    WHERE excluded.fact_version COLLATE "C" > f.fact_version COLLATE "C"
    RETURNING id, (xmax = 0) AS is_new`;
  const replaced = written.filter(({ is_new }) => !is_new).map(({ id }) => id);
  if (replaced.length > 0) {
    await tx.$executeRaw`
      DELETE FROM refund_lines WHERE shop_id = ${shopId} AND refund_id = ANY(${replaced}::bigint[])`;
  }
  const ids = new Set(written.map(({ id }) => id));
  await storeRefundLines(tx, {
    shopId,
    facts: facts.map(({ fact }) => fact).filter(({ id }) => ids.has(id)),
  });
}

async function storeRefundLines(tx: Tx, input: { shopId: number; facts: RefundFact[] }): Promise<void> {
  const rows = input.facts.flatMap((fact) =>
    fact.lines.map((line) => ({
      refund_id: fact.id.toString(),
      id: line.id.toString(),
      order_line_id: line.orderLineId.toString(),
      quantity: line.quantity,
      subtotal: line.subtotal,
      tax: line.tax,
    })),
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO refund_lines (shop_id, refund_id, id, order_line_id, quantity, subtotal, tax)
    SELECT ${input.shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      refund_id bigint, id bigint, order_line_id bigint, quantity int, subtotal numeric, tax numeric)
    ON CONFLICT (shop_id, refund_id, id) DO NOTHING`;
}

function distinct(facts: RefundFact[]): { fact: RefundFact; version: string }[] {
  const byId = new Map<bigint, { fact: RefundFact; version: string }>();
  for (const fact of facts) {
    const version = contentHash(contentOf(fact));
    const known = byId.get(fact.id);
    if (!known || version > known.version) byId.set(fact.id, { fact, version });
  }
  return [...byId.values()];
}

function contentOf(fact: RefundFact): string {
  const { id, orderId, processedAt, shipping, adjustments, tax, restocked } = fact;
  const lines = fact.lines
    .map((line) => [line.id, line.orderLineId, line.quantity, line.subtotal, line.tax].join(' '))
    .sort();
  return [id, orderId, processedAt.toISOString(), shipping, adjustments, tax, restocked, ...lines].join('|');
}
