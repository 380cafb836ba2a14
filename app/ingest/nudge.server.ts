import { enqueue } from '~/jobs/enqueue.server';
import { log } from '~/platform/log.server';

const pauseMs = 20;

/**
 * Announces that a shop has deliveries to drain: once per shop and 20 ms, however many there are. Returns at once and
 * never throws; what a failed announcement leaves behind is found by the sweep.
 */
export function createNudge(send: (shopDomain: string) => Promise<void>): (shopDomain: string) => void {
  const announced = new Set<string>();
  return (shopDomain) => {
    if (announced.has(shopDomain)) return;
    announced.add(shopDomain);
    setTimeout(() => {
      announced.delete(shopDomain);
      send(shopDomain).catch((error: unknown) => log.warn({ err: error }, 'a drain could not be announced'));
    }, pauseMs);
  };
}

export const nudgeDrain = createNudge((shopDomain) => enqueue('ingest.drain', { shopDomain }));
