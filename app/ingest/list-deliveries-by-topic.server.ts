import { z } from 'zod';
import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';

const rowSchema = z.object({
  topic: z.string(),
  received: z.number(),
  pending: z.number(),
  dead: z.number(),
  lastReceivedAt: z.date(),
});

export type TopicDeliveries = z.infer<typeof rowSchema>;

/** What came lately, topic by topic, counted over the shop's newest 10,000 deliveries. */
export async function listDeliveriesByTopic(tx: Tx, input: { shopId: number }): Promise<TopicDeliveries[]> {
  const { domain } = await getShop(tx, input);
  const rows = await tx.$queryRaw`
    SELECT topic, count(*)::int AS received, (count(*) FILTER (WHERE status = 'pending'))::int AS pending,
           (count(*) FILTER (WHERE status = 'dead'))::int AS dead, max(received_at) AS "lastReceivedAt"
    FROM (SELECT topic, status, received_at FROM inbox_events WHERE shop_domain = ${domain} ORDER BY id DESC LIMIT 10000) AS recent
    GROUP BY topic ORDER BY topic`;
  return z.array(rowSchema).parse(rows);
}
