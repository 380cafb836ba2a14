import { z } from 'zod';
import { enqueueForShops } from '~/jobs/enqueue.server';
import { acrossShops } from '~/platform/db/index.server';
import { log } from '~/platform/log.server';
import { alwaysProcessed } from './topics.server';

const unknownShopGraceMs = 60 * 60 * 1_000; // a delivery may be here before the install has made its shop
export const droppedKey = 'inbox.dropped';

const domainRows = z.array(z.object({ shop_domain: z.string(), known: z.boolean(), due: z.boolean() }));

/**
 * Finds what no nudge announced: shops with due deliveries get a drain. Deliveries of shops that do not exist are dropped
 * after an hour and counted in `platform_state`. Idempotent.
 */
export async function sweepInbox(input: { now: Date }): Promise<{ drained: string[]; dropped: number }> {
  const { now } = input;
  const domains = await listPendingDomains(now);
  const drained = domains.filter(({ due }) => due).map(({ shop_domain }) => shop_domain);
  await enqueueForShops(
    'ingest.drain',
    drained.map((shopDomain) => ({ shopDomain })),
  );
  const unknown = domains.filter(({ known }) => !known).map(({ shop_domain }) => shop_domain);
  const dropped = unknown.length > 0 ? await dropOfUnknownShops(unknown, now) : 0;
  return { drained, dropped };
}

/** Steps through the index from domain to domain, so that a long queue of one shop costs one step. */
async function listPendingDomains(now: Date): Promise<z.infer<typeof domainRows>> {
  const rows = await acrossShops(
    (db) => db.$queryRaw`
      WITH RECURSIVE domains AS (
        (SELECT shop_domain FROM inbox_events WHERE status = 'pending' ORDER BY shop_domain LIMIT 1)
        UNION ALL
        SELECT (SELECT e.shop_domain FROM inbox_events e WHERE e.status = 'pending' AND e.shop_domain > domains.shop_domain ORDER BY e.shop_domain LIMIT 1)
        FROM domains WHERE domains.shop_domain IS NOT NULL
      )
      SELECT d.shop_domain, s.id IS NOT NULL AS known, s.id IS NOT NULL AND EXISTS (
        SELECT 1 FROM inbox_events e
        WHERE e.shop_domain = d.shop_domain AND e.status = 'pending' AND e.next_attempt_at <= ${now}
          AND (s.status <> 'installing' OR e.topic = ANY(${alwaysProcessed}::text[]))
      ) AS due
      FROM domains d LEFT JOIN shops s ON s.domain = d.shop_domain
      WHERE d.shop_domain IS NOT NULL`,
  );
  return domainRows.parse(rows);
}

async function dropOfUnknownShops(domains: string[], now: Date): Promise<number> {
  const before = new Date(now.getTime() - unknownShopGraceMs);
  return acrossShops((db) =>
    db.$transaction(async (tx) => {
      const dropped = await tx.$executeRaw`
        DELETE FROM inbox_events e
        WHERE e.shop_domain = ANY(${domains}::text[]) AND e.received_at < ${before}
          AND NOT EXISTS (SELECT 1 FROM shops s WHERE s.domain = e.shop_domain)`;
      if (dropped === 0) return 0;
      await tx.$executeRaw`
        INSERT INTO platform_state (key, value, updated_at) VALUES (${droppedKey}, jsonb_build_object('count', ${dropped}::int), ${now})
        ON CONFLICT (key) DO UPDATE
          SET value = jsonb_build_object('count', (platform_state.value->>'count')::bigint + ${dropped}::int), updated_at = excluded.updated_at`;
      log.warn({ dropped }, 'dropped deliveries of shops that are not installed');
      return dropped;
    }),
  );
}
