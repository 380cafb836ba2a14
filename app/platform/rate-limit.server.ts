import { remember } from './remember.server';

interface Window {
  endsAt: number;
  left: number;
}

declare global {
  interface PerennialSingletons {
    rateLimits: Map<string, Window>;
  }
}

const mostKept = 50_000;

/**
 * Whether one more request under `key` may be served now: `limit` in each span of `windowMs`, counted in this process alone.
 * It keeps a script from hammering a public page; what must never happen twice is kept from it by keys in the database.
 */
export function takeTurn(key: string, rule: { limit: number; windowMs: number }, nowMs: number): boolean {
  const windows = remember('rateLimits', () => new Map());
  const known = windows.get(key);
  const window = known && known.endsAt > nowMs ? known : { endsAt: nowMs + rule.windowMs, left: rule.limit };
  // The oldest go first: whoever floods us with new keys frees nobody else's sooner than their span would.
  if (windows.size >= mostKept && !known) windows.delete(windows.keys().next().value ?? '');
  windows.set(key, { ...window, left: window.left - 1 });
  return window.left > 0;
}
