import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { log } from '~/platform/log.server';
import { advanceBatch, type DefinitionCache } from './advance-batch.server';
import { claimRuns } from './claim-runs.server';
import { failedRun } from './failed-run';
import { saveRuns } from './save-runs.server';

const batchSize = 200;

interface Work {
  shopId: number;
  now: Date;
  definitions: DefinitionCache;
}

/**
 * Walks every due run of a shop as far as it can go at `now`, a batch per transaction, until none is due. A batch is
 * written as a whole with its messages, so dying in between changes nothing, and any number of workers can do this at
 * once. A run that makes its batch fail is found by halving and set aside with its error; the others go on. Returns how
 * many steps were taken. Throws only when not even a batch can be claimed (no database).
 */
export async function advanceFlows(shopId: number, now = clock.now()): Promise<{ advanced: number }> {
  const work: Work = { shopId, now, definitions: new Map() };
  let advanced = 0;
  let taken: number;
  do {
    taken = await advanceSome(work, null);
    advanced += taken;
  } while (taken > 0);
  return { advanced };
}

async function advanceSome(work: Work, runIds: bigint[] | null): Promise<number> {
  let claimed: bigint[] = [];
  try {
    return await withShop(work.shopId, (tx) =>
      advanceBatch(tx, { ...work, runIds, limit: batchSize, onClaim: (ids) => (claimed = ids) }),
    );
  } catch (error) {
    if (claimed.length === 0) throw error;
    return advanceApart(work, claimed, error);
  }
}

async function advanceApart(work: Work, runIds: bigint[], error: unknown): Promise<number> {
  if (runIds.length === 1) return setAside(work, runIds, error);
  const middle = Math.ceil(runIds.length / 2);
  const first = await advanceSome(work, runIds.slice(0, middle));
  return first + (await advanceSome(work, runIds.slice(middle)));
}

async function setAside(work: Work, runIds: bigint[], error: unknown): Promise<number> {
  const { shopId, now } = work;
  log.error({ err: error, runIds }, 'flow run failed');
  return withShop(shopId, async (tx) => {
    const runs = await claimRuns(tx, { shopId, now, limit: 1, runIds });
    await saveRuns(tx, { shopId, runs: runs.map((run) => failedRun(run, error, now)), now });
    return runs.length;
  });
}
