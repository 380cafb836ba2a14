import type { z } from 'zod';
import { advanceBackfill } from '~/ingest/backfill.server';
import { drainInbox } from '~/ingest/drain.server';
import { purgeInbox } from '~/ingest/purge-inbox.server';
import { reconcileShops } from '~/ingest/reconcile-shops.server';
import { sweepBackfills } from '~/ingest/sweep-backfills.server';
import { sweepInbox } from '~/ingest/sweep-inbox.server';
import { listShopsWithDueCommissions, releaseCommissions } from '~/modules/affiliates/index.server';
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
import { acrossShops, withShop } from '~/platform/db/index.server';
import { cartsAbandoned } from '~/processes/carts-abandoned.server';
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
import { jobDefinitions, type JobName } from './definitions';
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
  'carts.sweep': handle(jobDefinitions['carts.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueCarts(db, { now: clock.now() }));
    await enqueueForShops(
      'carts.abandon',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'carts.abandon': handle(jobDefinitions['carts.abandon'], async ({ shopId }) => {
    const limit = 500;
    const abandon = () => withShop(shopId, (tx) => cartsAbandoned(tx, { shopId, now: clock.now(), limit }));
    while ((await abandon()) === limit);
  }),
  'flows.sweep': handle(jobDefinitions['flows.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueRuns(db, { now: clock.now() }));
    await enqueueForShops(
      'flows.advance',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'flows.advance': handle(jobDefinitions['flows.advance'], ({ shopId }) => advanceFlows(shopId)),
  'flows.scan-sweep': handle(jobDefinitions['flows.scan-sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsToScan(db));
    await enqueueForShops(
      'flows.scan',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'flows.scan': handle(jobDefinitions['flows.scan'], ({ shopId }) => scanTimeTriggers(shopId)),
  'loyalty.sweep': handle(jobDefinitions['loyalty.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDuePoints(db, { now: clock.now() }));
    await enqueueForShops(
      'loyalty.release',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'loyalty.release': handle(jobDefinitions['loyalty.release'], ({ shopId }) => pointsReleased(shopId)),
  'loyalty.books-sweep': handle(jobDefinitions['loyalty.books-sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueBooks(db, { now: clock.now() }));
    await enqueueForShops(
      'loyalty.books',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'loyalty.books': handle(jobDefinitions['loyalty.books'], ({ shopId }) => pointsExpired(shopId)),
  'loyalty.days-sweep': handle(jobDefinitions['loyalty.days-sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsToCelebrate(db, { now: clock.now() }));
    await enqueueForShops(
      'loyalty.days',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'loyalty.days': handle(jobDefinitions['loyalty.days'], ({ shopId }) => daysCelebrated(shopId)),
  'loyalty.tiers-sweep': handle(jobDefinitions['loyalty.tiers-sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueTiers(db, { now: clock.now() }));
    await enqueueForShops(
      'loyalty.tiers',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'loyalty.tiers': handle(jobDefinitions['loyalty.tiers'], ({ shopId }) => tiersRecomputed(shopId)),
  'rewards.sweep': handle(jobDefinitions['rewards.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueRedemptions(db, { now: clock.now() }));
    await enqueueForShops(
      'rewards.finish',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'rewards.finish': handle(jobDefinitions['rewards.finish'], ({ shopId }) => redemptionsFinished(shopId)),
  'loyalty.batches-sweep': handle(jobDefinitions['loyalty.batches-sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueBatches(db, { now: clock.now() }));
    await enqueueForShops(
      'loyalty.batches',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'loyalty.batches': handle(jobDefinitions['loyalty.batches'], ({ shopId }) => pointBatchesAdvanced(shopId)),
  'standings.sweep': handle(jobDefinitions['standings.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsOwingStandings(db, { now: clock.now() }));
    await enqueueForShops(
      'standings.push',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'standings.push': handle(jobDefinitions['standings.push'], async ({ shopId }) => {
    const { more } = await standingsTold(shopId);
    if (more) await enqueue('standings.push', { shopId });
  }),
  'signals.sweep': handle(jobDefinitions['signals.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsOwingSignals(db, { now: clock.now() }));
    await enqueueForShops(
      'signals.push',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'signals.push': handle(jobDefinitions['signals.push'], ({ shopId }) => signalsTold(shopId)),
  'referrals.sweep': handle(jobDefinitions['referrals.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueReferrals(db, { now: clock.now() }));
    await enqueueForShops(
      'referrals.advance',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'referrals.advance': handle(jobDefinitions['referrals.advance'], ({ shopId }) => referralsDue(shopId)),
  'affiliates.sweep': handle(jobDefinitions['affiliates.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsWithDueCommissions(db, { now: clock.now() }));
    await enqueueForShops(
      'affiliates.release',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'affiliates.release': handle(jobDefinitions['affiliates.release'], async ({ shopId }) => {
    const limit = 500;
    const release = () =>
      withShop(shopId, (tx) => releaseCommissions(tx, { shopId, limit, now: clock.now() }));
    while ((await release()) === limit);
  }),
  'loyalty.audit': handle(jobDefinitions['loyalty.audit'], () => auditBalances()),
  'privacy.sweep': handle(jobDefinitions['privacy.sweep'], async () => {
    for (const shopId of await acrossShops((db) => listShopsToSweep(db))) {
      const sweep = () => withShop(shopId, (tx) => sweepPrivacy(tx, { shopId, now: clock.now() }));
      while ((await sweep()).more);
    }
  }),
  'email.sweep': handle(jobDefinitions['email.sweep'], async () => {
    const shopIds = await acrossShops((db) =>
      listShopsWithDueMessages(db, { now: clock.now(), realNow: realNow() }),
    );
    await enqueueForShops(
      'email.deliver',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'email.deliver': handle(jobDefinitions['email.deliver'], async ({ shopId }) => {
    const { more } = await deliverMessages(shopId, { limitMs: 10_000 });
    if (more) await enqueue('email.deliver', { shopId });
  }),
  'consent.sweep': handle(jobDefinitions['consent.sweep'], async () => {
    const shopIds = await acrossShops((db) => listShopsOwingConsent(db, { now: clock.now() }));
    await enqueueForShops(
      'consent.push',
      shopIds.map((shopId) => ({ shopId })),
    );
  }),
  'consent.push': handle(jobDefinitions['consent.push'], ({ shopId }) => passOnConsents(shopId)),
};

/** A handler whose data is checked against the job's schema before it runs. */
function handle<S extends z.ZodObject>(
  definition: { schema: S },
  run: (data: z.infer<S>) => Promise<unknown>,
): Handler {
  return async (raw) => {
    await run(definition.schema.parse(raw));
  };
}
