import type { Tx } from '~/platform/db/index.server';

export interface ProfileRun {
  id: bigint;
  flowKey: string;
  version: number;
  state: string;
  nodeKey: string;
  dueAt: Date | null;
  holdout: boolean;
  enteredAt: Date;
  finishedAt: Date | null;
  exitReason: string | null;
}

export async function listRunsOfProfile(
  _tx: Tx,
  _input: { shopId: number; profileId: bigint },
): Promise<ProfileRun[]> {
  throw new Error('not written yet');
}
