import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { runContextSchema } from './run-context';
import type { RunContext } from './types';

export interface ProfileRun {
  id: bigint;
  flowKey: string;
  version: number;
  state: 'waiting' | 'done' | 'exited';
  nodeKey: string;
  dueAt: Date | null;
  context: RunContext;
  holdout: boolean;
  attempts: number;
  error: string | null;
  enteredAt: Date;
  finishedAt: Date | null;
  exitReason: string | null;
}

const stateSchema = z.enum(['waiting', 'done', 'exited']);

/** The runs of one person, newest first: where each stands, or why it ended. */
export async function listRunsOfProfile(
  tx: Tx,
  input: { shopId: number; profileId: bigint; limit?: number },
): Promise<ProfileRun[]> {
  const rows = await tx.flowRun.findMany({
    where: { shopId: input.shopId, profileId: input.profileId },
    orderBy: [{ enteredAt: 'desc' }, { id: 'desc' }],
    take: input.limit ?? 50,
    omit: { shopId: true, profileId: true, runKey: true, nodeSince: true },
  });
  return rows.map((row) => ({
    ...row,
    state: stateSchema.parse(row.state),
    context: runContextSchema.parse(row.context),
  }));
}
