import { inboxHealth } from '~/ingest/inbox-health.server';
import { clock } from '~/platform/clock.server';
import { pool } from '~/platform/db/index.server';
import { errorText } from '~/platform/errors';
import { log } from '~/platform/log.server';
import { queue } from '~/platform/queue/queue.server';

const limitMs = 3_000;

/** For load balancers and people on call: 200 while the database and the queue answer, 503 otherwise; with the inbox's lag. */
export async function loader() {
  const [database, jobs, inbox] = await Promise.all([
    check(() =>
      pool()
        .query('SELECT 1')
        .then(() => 'ok'),
    ),
    check(() => queue('ingest').getJobCounts('waiting', 'active', 'delayed', 'failed')),
    check(() => inboxHealth({ now: clock.now() })),
  ]);
  const healthy = database.ok && jobs.ok;
  return Response.json(
    {
      status: healthy ? 'ok' : 'unavailable',
      database: database.value,
      queue: jobs.value,
      inbox: inbox.value,
    },
    { status: healthy ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  );
}

async function check<T>(ask: () => Promise<T>): Promise<{ ok: boolean; value: T | string }> {
  try {
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error('no answer in time')), limitMs).unref(),
    );
    return { ok: true, value: await Promise.race([ask(), late]) };
  } catch (error) {
    log.warn({ err: error }, 'health check failed');
    return { ok: false, value: errorText(error) };
  }
}
