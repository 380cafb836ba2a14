import { prisma, withShop } from '~/platform/db/index.server';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import type { Bench } from './figure';
import { installShop } from './install-shop';

const orders = Number(process.env.BENCH_ORDERS ?? 100_000);
const people = Math.round(orders / 5);
const batchSize = 500;
const at = new Date('2026-05-01T00:00:00Z');

/**
 * What paid orders earn, for a shop that has its orders already: rule, tiers and ledger, without anything around them. Then
 * the same once more, when there is nothing left to post. Throws when a point is missing or too many.
 */
export const benchAccrual: Bench = async () => {
  const shopId = await installShop('accrual.myshopify.com', at);
  await arrange(shopId);
  const first = await post(shopId);
  const again = await post(shopId);
  const [books] = await prisma().$queryRaw<{ points: bigint; transactions: bigint }[]>`
    SELECT (SELECT sum(balance)::bigint FROM ledger_accounts WHERE shop_id = ${shopId} AND kind = 'points') AS points,
           (SELECT count(*) FROM ledger_transactions WHERE shop_id = ${shopId}) AS transactions`;
  if (books?.points !== BigInt(orders * 40) || books.transactions !== BigInt(orders))
    throw new Error(`the books say ${books?.points} points in ${books?.transactions} transactions`);
  const note = `${orders} orders of ${people} people, ${batchSize} a transaction`;
  return [
    { name: 'points for paid orders', value: first, unit: 'orders/s', note },
    { name: 'the same again: nothing to post', value: again, unit: 'orders/s' },
  ];
};

/** Points for all orders, batch by batch; orders a second. */
async function post(shopId: number): Promise<number> {
  const start = performance.now();
  for (let from = 1; from <= orders; from += batchSize) {
    const orderIds = Array.from({ length: batchSize }, (_, index) => BigInt(from + index));
    await withShop(shopId, (tx) => postPointsAndTiers(tx, { shopId, orderIds, profileIds: [], now: at }));
  }
  return (orders / (performance.now() - start)) * 1_000;
}

/** Paid orders of 40.00 in two lines each. */
async function arrange(shopId: number): Promise<void> {
  await prisma().$executeRaw`
    INSERT INTO orders (shop_id, id, name, profile_id, currency, presentment_currency, presentment_total, subtotal, discounts, shipping,
                        tax, taxes_included, total, net_revenue, financial_status, processed_at, shopify_updated_at, paid_seen_at, paid_at)
    SELECT ${shopId}::int, n, '#' || n, 1 + n % ${people}::int, 'EUR', 'EUR', 40, 40, 0, 0, 0, false, 40, 40, 'paid', ${at}, ${at}, ${at}, ${at}
    FROM generate_series(1, ${orders}::int) AS n`;
  await prisma().$executeRaw`
    INSERT INTO order_lines (shop_id, order_id, id, title, quantity, current_quantity, price, discount, tax, net)
    SELECT ${shopId}::int, n, n * 2 + line, 'Linen shirt', 1, 1, 20, 0, 0, 20
    FROM generate_series(1, ${orders}::int) AS n, generate_series(0, 1) AS line`;
  await prisma().$executeRawUnsafe('ANALYZE orders, order_lines');
}
