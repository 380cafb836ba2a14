import type { RunExitReason, RunState } from './types';

/** Where a run stands after a step. `dueAt` is set exactly while it waits. */
export interface RunUpdate {
  id: bigint;
  flowKey: string;
  profileId: bigint;
  nodeKey: string;
  nodeSince: Date;
  state: RunState;
  dueAt: Date | null;
  exitReason: RunExitReason | null;
  attempts: number;
  error: string | null;
}
