import type { OrderTrace } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import type { AttributionWorld } from './attribute-orders';
import { readRules } from './read-rules.server';

/** What attribution needs to know to judge these orders, in a few reads for the whole batch. */
export async function readAttributionWorld(
  tx: Tx,
  { shopId, orders }: { shopId: number; orders: OrderTrace[] },
): Promise<AttributionWorld> {
  const told = [...new Set(orders.flatMap(({ codes }) => codes))];
  const tokens = orders.flatMap(({ clickToken }) => clickToken ?? []);
  const codes = await tx.$queryRaw<AttributionWorld['codes']>`
    SELECT lower(code) AS code, affiliate_id AS "affiliateId", from_at AS "fromAt", to_at AS "toAt"
    FROM affiliate_codes WHERE shop_id = ${shopId} AND lower(code) = ANY (${told}::text[])
    ORDER BY from_at, id`;
  const clicks = await tx.affiliateClick.findMany({ where: { shopId, token: { in: tokens } } });
  const orderIds = orders.map(({ orderId }) => orderId);
  const known = await tx.affiliateOrder.findMany({
    where: { shopId, orderId: { in: orderIds } },
    select: { orderId: true, affiliateId: true, isOwn: true },
  });
  const ids = [...new Set([...codes, ...clicks, ...known].map(({ affiliateId }) => affiliateId))];
  const spans = await tx.affiliateSpan.findMany({
    where: { shopId, affiliateId: { in: ids } },
    orderBy: { fromAt: 'asc' },
  });
  const affiliates = await tx.affiliate.findMany({
    where: { shopId, id: { in: ids } },
    select: { id: true, email: true },
  });
  const buyerIds = orders.flatMap(({ profileId }) => profileId ?? []);
  const buyers = await tx.$queryRaw<{ profileId: bigint; emails: string[] }[]>`
    SELECT profile_id AS "profileId", array_agg(value) AS emails FROM profile_identities
    WHERE shop_id = ${shopId} AND profile_id = ANY (${[...new Set(buyerIds)]}::bigint[]) AND kind = 'email'
    GROUP BY profile_id`;
  return {
    codes,
    clicks: new Map(clicks.map((click) => [click.token, click])),
    spans,
    rules: await readRules(tx, { shopId }),
    emails: new Map(affiliates.flatMap(({ id, email }) => (email === null ? [] : [[id, email]]))),
    addresses: new Map(buyers.map(({ profileId, emails: theirs }) => [profileId, theirs])),
    ownOrders: new Set(known.flatMap(({ orderId, isOwn }) => (isOwn ? [orderId] : []))),
  };
}
