import { z } from 'zod';
import { clock } from '~/platform/clock.server';
import { acrossShops, withShop, type Tx } from '~/platform/db/index.server';
import { log } from '~/platform/log.server';
import type { LedgerAudit } from './types';

const timeoutMs = 10 * 60_000;
const totals = z.tuple([z.object({ accounts: z.number(), drifted: z.number(), unbalanced: z.bigint() })]);

/**
 * Compares every balance of every shop with its postings, shop after shop, writes down what it found and raises an alarm in
 * the log where the two differ. It repairs nothing: a difference is a fault in the code, and must be looked at.
 */
export async function auditBalances(): Promise<void> {
  const shops = await acrossShops((db) => db.shop.findMany({ select: { id: true }, orderBy: { id: 'asc' } }));
  for (const { id } of shops) {
    const audit = await withShop(id, (tx) => auditShop(tx, { shopId: id, now: clock.now() }), { timeoutMs });
    if (audit.drifted > 0 || audit.unbalanced !== 0n)
      log.error({ shopId: id, ...audit }, 'the ledger does not balance');
  }
}

/** The comparison for one shop; the result is kept for the Health page. */
async function auditShop(tx: Tx, { shopId, now }: { shopId: number; now: Date }): Promise<LedgerAudit> {
  const rows = await tx.$queryRaw`
    WITH posted AS (
      SELECT account_id, sum(points) AS points FROM ledger_postings WHERE shop_id = ${shopId} GROUP BY account_id)
    SELECT count(*)::int AS accounts,
      (count(*) FILTER (WHERE a.kind <> 'issued' AND a.balance <> coalesce(p.points, 0)))::int AS drifted,
      coalesce(sum(p.points), 0)::bigint AS unbalanced
    FROM ledger_accounts a LEFT JOIN posted p ON p.account_id = a.id
    WHERE a.shop_id = ${shopId}`;
  const [found] = totals.parse(rows);
  const data = { checkedAt: now, ...found };
  await tx.ledgerAudit.upsert({ where: { shopId }, create: { shopId, ...data }, update: data });
  return data;
}
