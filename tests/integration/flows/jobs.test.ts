import { describe, expect, it } from 'vitest';
import { handlers } from '~/jobs/catalog.server';
import { clock } from '~/platform/clock.server';
import { queue } from '~/platform/queue/queue.server';
import {
  anAbandonedCart,
  aPerson,
  aShopWithFlows,
  flowsStart,
  hoursLater,
  mails,
} from '../../factories/flow';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

function moveClockTo(at: Date): void {
  clock.moveTo(at.getTime() - Date.now());
}

async function waitingJobs(): Promise<{ name: string; data: unknown }[]> {
  const jobs = await queue('flows').getJobs(['waiting', 'prioritized', 'delayed']);
  return jobs.map((job) => ({ name: job.name, data: job.data as unknown }));
}

describe('the jobs of flows', () => {
  it('find the shops that have work, once each, and do it at the time of the clock', async () => {
    const busy = await aShopWithFlows({ flows: ['abandoned_checkout'] });
    const idle = await aShopWithFlows({ flows: ['win_back'] });
    await anAbandonedCart(busy, await aPerson(busy));
    await aPerson(idle, { lastOrder: { id: 1n, at: flowsStart } });

    moveClockTo(hoursLater(-1));
    await handlers['flows.sweep']?.({});
    expect(await waitingJobs()).toEqual([]);

    moveClockTo(hoursLater(0.01));
    await handlers['flows.sweep']?.({});
    await handlers['flows.sweep']?.({});
    expect(await waitingJobs()).toEqual([{ name: 'flows.advance', data: { shopId: busy } }]);
    await handlers['flows.advance']?.({ shopId: busy });
    expect(await mails(busy)).toHaveLength(1);

    await handlers['flows.scan-sweep']?.({});
    expect(await waitingJobs()).toContainEqual({ name: 'flows.scan', data: { shopId: idle } });
    moveClockTo(hoursLater(60 * 24 + 0.01));
    await handlers['flows.scan']?.({ shopId: idle });
    await handlers['flows.advance']?.({ shopId: idle });
    expect(await mails(idle)).toHaveLength(1);
  });
});
