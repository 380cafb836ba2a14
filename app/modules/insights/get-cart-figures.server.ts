import type { Tx } from '~/platform/db/index.server';
import { ratio, type Decimal } from '~/platform/money';
import type { CartFigures } from './types';

const days = 30;

interface Row {
  state: string;
  carts: bigint;
  amount: Decimal;
}

/**
 * Carts that were alive in the last 30 days, by state, in shop currency. The rate is what was won back of all that were
 * abandoned in that time: a cart that its owner ordered without our mail counts as abandoned and not as recovered.
 */
export async function getCartFigures(tx: Tx, input: { shopId: number; now: Date }): Promise<CartFigures> {
  const since = new Date(input.now.getTime() - days * 86_400_000);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT state, count(*) AS carts, coalesce(sum(CASE WHEN state = 'recovered' THEN recovered_amount ELSE total END), 0) AS amount
    FROM carts
    WHERE shop_id = ${input.shopId} AND last_activity_at >= ${since}
      AND (state IN ('open', 'abandoned', 'recovered') OR (state = 'ordered' AND abandoned_at IS NOT NULL))
    GROUP BY state`;
  const of = (state: string) => {
    const row = rows.find((candidate) => candidate.state === state);
    return { count: Number(row?.carts ?? 0), amount: (row?.amount ?? 0).toString() };
  };
  const [open, abandoned, recovered, ordered] = [of('open'), of('abandoned'), of('recovered'), of('ordered')];
  const lost = abandoned.count + recovered.count + ordered.count;
  return {
    open,
    abandoned,
    recovered,
    rate: lost === 0 ? null : ratio(String(recovered.count), String(lost)).toFixed(4),
  };
}
