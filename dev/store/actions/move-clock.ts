import { createHmac } from 'node:crypto';
import type { Store } from '../store';

export interface ClockMoved {
  readonly offsetMs: number;
  readonly now: string;
  /** Whether the app took over the new offset; null in tests without an app. */
  readonly app: string;
}

/** Sets the store's clock and tells the app, which keeps one of its own. */
export async function moveClock(store: Store, offsetMs: number): Promise<ClockMoved> {
  store.clock.set(offsetMs);
  store.touch();
  return { offsetMs: store.clock.offsetMs, now: store.clock.now().toISOString(), app: await tellApp(store) };
}

export async function tellApp(store: Store): Promise<string> {
  const body = JSON.stringify({ offsetMs: store.clock.offsetMs });
  const signature = createHmac('sha256', store.options.apiSecret).update(body).digest('hex');
  try {
    const response = await fetch(new URL('/dev/clock', store.options.appUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-perennial-dev': signature },
      body,
      signal: AbortSignal.timeout(3000),
    });
    return response.ok ? 'moved' : `the app answered ${response.status}`;
  } catch (error) {
    return `the app did not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}
