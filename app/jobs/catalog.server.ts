import type { z } from 'zod';
import { advanceBackfill } from '~/ingest/backfill.server';
import { drainInbox } from '~/ingest/drain.server';
import { purgeInbox } from '~/ingest/purge-inbox.server';
import { reconcileShops } from '~/ingest/reconcile-shops.server';
import { sweepBackfills } from '~/ingest/sweep-backfills.server';
import { sweepInbox } from '~/ingest/sweep-inbox.server';
import {
  applyToldGoods,
  listShopsWithDueCommissions,
  releaseCommissions,
} from '~/modules/affiliates/index.server';
import { listShopsWithDueCarts } from '~/modules/carts/index.server';
import { listShopsOwingConsent } from '~/modules/consent/index.server';
import {
  advanceFlows,
  listShopsToScan,
  listShopsWithDueRuns,
  scanTimeTriggers,
} from '~/modules/flows/index.server';
import { listShopsWithDueMessages } from '~/modules/messaging/index.server';
import {
  auditBalances,
  listShopsWithDueBatches,
  listShopsToCelebrate,
  listShopsWithDueBooks,
  listShopsWithDuePoints,
  listShopsWithDueRedemptions,
  listShopsWithDueTiers,
  listShopsOwingStandings,
} from '~/modules/loyalty/index.server';
import { listShopsToSweep, sweepPrivacy } from '~/modules/privacy/index.server';
import { clock } from '~/platform/clock.server';
import { acrossShops, withShop, type Tx } from '~/platform/db/index.server';
import { cartsAbandoned } from '~/processes/carts-abandoned.server';
import { goodsTold } from '~/processes/goods-told.server';
import { pointBatchesAdvanced } from '~/processes/point-batches-advanced.server';
import { pointsExpired } from '~/processes/points-expired.server';
import { pointsReleased } from '~/processes/points-released.server';
import { tiersRecomputed } from '~/processes/tiers-recomputed.server';
import { daysCelebrated } from '~/processes/days-celebrated.server';
import { deliverMessages, realNow } from '~/processes/deliver-messages.server';
import { passOnConsents } from '~/processes/pass-on-consents.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { signalsTold } from '~/processes/signals-told.server';
import { listShopsOwingSignals } from '~/modules/signals/index.server';
import { standingsTold } from '~/processes/standings-told.server';
import { referralsDue } from '~/processes/referrals-due.server';
import { listShopsWithDueReferrals } from '~/modules/referrals/index.server';
import { jobDefinitions, type JobName, type PerShopJob } from './definitions';
import { enqueue, enqueueForShops } from './enqueue.server';

type Handler = (raw: unknown) => Promise<void>;

/** What each job runs. Handlers are idempotent: a job may run twice, or die in the middle and run again. */
export const handlers: Partial<Record<JobName, Handler>> = {
  'ingest.drain': handle(jobDefinitions['ingest.drain'], ({ shopDomain }) => drainInbox(shopDomain)),
  'ingest.sweep': handle(jobDefinitions['ingest.sweep'], () => sweepInbox({ now: clock.now() })),
  'ingest.purge': handle(jobDefinitions['ingest.purge'], () => purgeInbox({ now: clock.now() })),
  'backfill.advance': handle(jobDefinitions['backfill.advance'], ({ shopId }) => advanceBackfill(shopId)),
  'backfill.sweep': handle(jobDefinitions['backfill.sweep'], () => sweepBackfills()),
  'backfill.reconcile': handle(jobDefinitions['backfill.reconcile'], () =>
    reconcileShops({ now: clock.now() }),
  ),
  'carts.sweep': jobsFor('carts.abandon', listShopsWithDueCarts),
  'carts.abandon': handle(jobDefinitions['carts.abandon'], async ({ shopId }) => {
    const limit = 500;
    const abandon = () => withShop(shopId, (tx) => cartsAbandoned(tx, { shopId, now: clock.now(), limit }));
    while ((await abandon()) === limit);
  }),
  'flows.sweep': jobsFor('flows.advance', listShopsWithDueRuns),
  'flows.advance': handle(jobDefinitions['flows.advance'], ({ shopId }) => advanceFlows(shopId)),
  'flows.scan-sweep': jobsFor('flows.scan', listShopsToScan),
  'flows.scan': handle(jobDefinitions['flows.scan'], ({ shopId }) => scanTimeTriggers(shopId)),
  'loyalty.sweep': jobsFor('loyalty.release', listShopsWithDuePoints),
  'loyalty.release': handle(jobDefinitions['loyalty.release'], async ({ shopId }) => {
    await goodsTold(shopId);
    await pointsReleased(shopId);
  }),
  'loyalty.books-sweep': jobsFor('loyalty.books', listShopsWithDueBooks),
  'loyalty.books': handle(jobDefinitions['loyalty.books'], ({ shopId }) => pointsExpired(shopId)),
  'loyalty.days-sweep': jobsFor('loyalty.days', listShopsToCelebrate),
  'loyalty.days': handle(jobDefinitions['loyalty.days'], ({ shopId }) => daysCelebrated(shopId)),
  'loyalty.tiers-sweep': jobsFor('loyalty.tiers', listShopsWithDueTiers),
  'loyalty.tiers': handle(jobDefinitions['loyalty.tiers'], ({ shopId }) => tiersRecomputed(shopId)),
  'rewards.sweep': jobsFor('rewards.finish', listShopsWithDueRedemptions),
  'rewards.finish': handle(jobDefinitions['rewards.finish'], ({ shopId }) => redemptionsFinished(shopId)),
  'loyalty.batches-sweep': jobsFor('loyalty.batches', listShopsWithDueBatches),
  'loyalty.batches': handle(jobDefinitions['loyalty.batches'], ({ shopId }) => pointBatchesAdvanced(shopId)),
  'standings.sweep': jobsFor('standings.push', listShopsOwingStandings),
  'standings.push': handle(jobDefinitions['standings.push'], async ({ shopId }) => {
    const { more } = await standingsTold(shopId);
    if (more) await enqueue('standings.push', { shopId });
  }),
  'signals.sweep': jobsFor('signals.push', listShopsOwingSignals),
  'signals.push': handle(jobDefinitions['signals.push'], ({ shopId }) => signalsTold(shopId)),
  'referrals.sweep': jobsFor('referrals.advance', listShopsWithDueReferrals),
  'referrals.advance': handle(jobDefinitions['referrals.advance'], ({ shopId }) => referralsDue(shopId)),
  'affiliates.sweep': jobsFor('affiliates.release', listShopsWithDueCommissions),
  'affiliates.release': handle(jobDefinitions['affiliates.release'], async ({ shopId }) => {
    const limit = 500;
    for (const step of [applyToldGoods, releaseCommissions])
      while ((await withShop(shopId, (tx) => step(tx, { shopId, limit, now: clock.now() }))) === limit);
  }),
  'loyalty.audit': handle(jobDefinitions['loyalty.audit'], () => auditBalances()),
  'privacy.sweep': jobsFor('privacy.finish', listShopsToSweep),
  'privacy.finish': handle(jobDefinitions['privacy.finish'], async ({ shopId }) => {
    const sweep = () => withShop(shopId, (tx) => sweepPrivacy(tx, { shopId, now: clock.now() }));
    while ((await sweep()).more);
  }),
  'email.sweep': jobsFor('email.deliver', (db, { now }) =>
    listShopsWithDueMessages(db, { now, realNow: realNow() }),
  ),
  'email.deliver': handle(jobDefinitions['email.deliver'], async ({ shopId }) => {
    const { more } = await deliverMessages(shopId, { limitMs: 10_000 });
    if (more) await enqueue('email.deliver', { shopId });
  }),
  'consent.sweep': jobsFor('consent.push', listShopsOwingConsent),
  'consent.push': handle(jobDefinitions['consent.push'], ({ shopId }) => passOnConsents(shopId)),
};

/** What a sweep runs: each shop with work gets a job of its own. */
function jobsFor(job: PerShopJob, listShops: (db: Tx, input: { now: Date }) => Promise<number[]>): Handler {
  return async () => {
    const shopIds = await acrossShops((db) => listShops(db, { now: clock.now() }));
    await enqueueForShops(
      job,
      shopIds.map((shopId) => ({ shopId })),
    );
  };
}

/** A handler whose data is checked against the job's schema before it runs. */
function handle<S extends z.ZodObject>(
  definition: { schema: S },
  run: (data: z.infer<S>) => Promise<unknown>,
): Handler {
  return async (raw) => {
    await run(definition.schema.parse(raw));
  };
}
