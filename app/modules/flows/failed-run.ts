import { errorText } from '~/platform/errors';
import { scrubText } from '~/platform/scrub';
import type { RunUpdate } from './run-update';

/** Minutes until each further attempt; after the last one the run ends. */
const backoffMinutes = [1, 5, 30, 120];
const errorLength = 500;

/** A run whose step threw: tried again later, and after five attempts ended with its error to show. */
export function failedRun(
  run: { id: bigint; flowKey: string; profileId: bigint; nodeKey: string; nodeSince: Date; attempts: number },
  error: unknown,
  now: Date,
): RunUpdate {
  const { id, flowKey, profileId, nodeKey, nodeSince } = run;
  const minutes = backoffMinutes[run.attempts];
  return {
    ...{ id, flowKey, profileId, nodeKey, nodeSince },
    state: minutes === undefined ? 'exited' : 'waiting',
    dueAt: minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000),
    exitReason: minutes === undefined ? 'error' : null,
    attempts: run.attempts + 1,
    error: scrubText(errorText(error)).slice(0, errorLength),
  };
}
