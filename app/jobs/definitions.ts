import { z } from 'zod';
import type { QueueName } from '~/platform/queue/queue.server';

const shop = z.object({ shopId: z.number().int().positive() });
const nothing = z.object({});

export interface JobDefinition {
  queue: QueueName;
  schema: z.ZodObject;
  /** Tries in all, with exponential backoff from `backoffMs`. Sweeps do not retry: the next one comes anyway. */
  attempts: number;
  backoffMs: number;
  /** Runs by itself every so many milliseconds. */
  everyMs?: number;
  /** Jobs with the same key are one job while it waits; while it runs, one more is kept for afterwards. */
  dedupe?: boolean;
  /** What it does, for the job dashboard and the README. */
  purpose: string;
}

const sweep = (queue: QueueName, everyMs: number, purpose: string) => ({
  queue,
  schema: nothing,
  attempts: 1,
  backoffMs: 0,
  everyMs,
  purpose,
});
const perShop = (queue: QueueName, purpose: string) => ({
  queue,
  schema: shop,
  attempts: 5,
  backoffMs: 2_000,
  dedupe: true,
  purpose,
});

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** Every job there is. A sweep asks across shops who has work and adds one deduplicated job for each of them. */
export const jobDefinitions = {
  'ingest.drain': {
    queue: 'ingest',
    schema: z.object({ shopDomain: z.string() }),
    attempts: 3,
    backoffMs: 1_000,
    dedupe: true,
    purpose: 'turns stored deliveries of a shop into facts',
  },
  'ingest.sweep': sweep(
    'maintenance',
    10 * seconds,
    'finds deliveries no nudge announced; counts and drops those of unknown shops',
  ),
  'ingest.purge': sweep('maintenance', 6 * hours, 'deletes deliveries older than 30 days'),
  'backfill.advance': perShop('maintenance', 'starts, follows and ingests the bulk operations of a shop'),
  'backfill.sweep': sweep(
    'maintenance',
    15 * seconds,
    'finds imports that wait for Shopify or were interrupted',
  ),
  'backfill.reconcile': sweep(
    'maintenance',
    24 * hours,
    'asks for everything changed lately, to close gaps webhooks left',
  ),
  'carts.sweep': sweep('maintenance', 5 * seconds, 'finds carts whose delay has passed'),
  'carts.abandon': perShop('flows', 'marks carts abandoned and enters them into flows'),
  'flows.sweep': sweep('maintenance', 3 * seconds, 'finds flow runs that are due'),
  'flows.advance': perShop('flows', 'walks the due flow runs of a shop'),
  'flows.scan-sweep': sweep(
    'maintenance',
    1 * minutes,
    'finds shops with a flow that starts when time passes (win-back)',
  ),
  'flows.scan': perShop('flows', 'enters profiles into flows that start when time passes'),
  'email.sweep': sweep('maintenance', 3 * seconds, 'finds queued messages and leases that ran out'),
  'email.deliver': perShop('email', 'hands queued messages to the mail server'),
  'consent.sweep': sweep('maintenance', 5 * seconds, 'finds consent changes Shopify was not told'),
  'consent.push': perShop('maintenance', 'tells Shopify about consent changes'),
  'loyalty.sweep': sweep(
    'maintenance',
    15 * seconds,
    'finds points whose hold is over, orders of whose goods was told',
  ),
  'loyalty.release': perShop('flows', 'judges orders again; makes pending points spendable'),
  'loyalty.books-sweep': sweep('maintenance', 5 * minutes, 'finds shops where a day is over'),
  'loyalty.books': perShop('maintenance', 'takes points that expire; closes the days that are over'),
  'loyalty.days-sweep': sweep(
    'maintenance',
    15 * minutes,
    'finds shops whose birthdays and anniversaries of the day are due',
  ),
  'loyalty.days': perShop('flows', 'gives points for birthdays and anniversaries'),
  'loyalty.tiers-sweep': sweep(
    'maintenance',
    1 * minutes,
    'finds people whose tier a day has changed, and tiers that were changed',
  ),
  'loyalty.tiers': perShop('flows', 'computes tiers anew'),
  'rewards.sweep': sweep('maintenance', 15 * seconds, 'finds redemptions whose code is not made or disabled'),
  'rewards.finish': perShop('maintenance', 'makes or disables the codes of redemptions left half done'),
  'loyalty.batches-sweep': sweep(
    'maintenance',
    1 * minutes,
    'finds bulk adjustments that were interrupted, and uploads kept for 30 days',
  ),
  'loyalty.batches': perShop('maintenance', 'posts or undoes the bulk adjustments of a shop'),
  'standings.sweep': sweep('maintenance', 10 * seconds, 'finds customers who moved since Shopify was told'),
  'standings.push': perShop('maintenance', 'writes points and tiers to the customers of a shop in Shopify'),
  'signals.sweep': sweep('maintenance', 10 * seconds, 'finds what Shopify Flow was not told'),
  'signals.push': perShop('maintenance', 'starts the workflows in Shopify Flow of a shop'),
  'referrals.sweep': sweep(
    'maintenance',
    15 * seconds,
    'finds holds of referrals that are over, codes to make',
  ),
  'referrals.advance': perShop('maintenance', 'leads referrals to review; makes the codes of friends'),
  'loyalty.audit': sweep('maintenance', 24 * hours, 'compares every balance with its postings'),
  'affiliates.sweep': sweep(
    'maintenance',
    1 * minutes,
    'finds commissions whose hold is over, and orders of whose goods something was told',
  ),
  'affiliates.release': perShop('maintenance', 'makes commissions payable; judges orders again'),
  'privacy.sweep': sweep('maintenance', 6 * hours, 'finds shops with compliance requests'),
  'privacy.finish': perShop(
    'maintenance',
    'drops export files after 30 days; finishes interrupted requests of a shop',
  ),
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof jobDefinitions;
export type JobData<N extends JobName> = z.infer<(typeof jobDefinitions)[N]['schema']>;
export const jobNames = Object.keys(jobDefinitions).filter(isJobName);

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(jobDefinitions, name);
}

/** The jobs that are about one shop. */
export type PerShopJob = {
  [N in JobName]: JobData<N> extends { shopId: number } ? N : never;
}[JobName];
