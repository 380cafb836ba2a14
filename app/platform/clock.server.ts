import { remember } from './remember.server';

declare global {
  interface PerennialSingletons {
    clock: { offsetMs: number };
  }
}

const state = remember('clock', () => ({ offsetMs: 0 }));

/**
 * The time all business rules use. Real time in production; development and tests may move it, so nothing else may ask
 * the system (or the database) what time it is. Tokens and leases of infrastructure keep real time.
 */
export const clock = {
  now(): Date {
    return new Date(Date.now() + state.offsetMs);
  },
  /** How far the clock was moved, in milliseconds. */
  offset(): number {
    return state.offsetMs;
  },
  moveTo(offsetMs: number): void {
    state.offsetMs = offsetMs;
  },
};
