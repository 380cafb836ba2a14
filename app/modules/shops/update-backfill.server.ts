import type { Tx } from '~/platform/db/index.server';
import type { BackfillStatus } from './types';

interface BackfillChanges {
  status?: BackfillStatus;
  operationId?: string | null;
  resultUrl?: string | null;
  totalObjects?: number;
  ingestedLines?: number;
  attempts?: number;
  error?: string | null;
  finishedAt?: Date;
}

/** Writes down how an import stands. Nothing happens when it has moved on from `from` meanwhile; tells whether it had not. */
export async function updateBackfill(
  tx: Tx,
  input: {
    shopId: number;
    id: bigint;
    from: { status: BackfillStatus; ingestedLines?: number };
    changes: BackfillChanges;
  },
): Promise<{ updated: boolean }> {
  const { shopId, id, from, changes } = input;
  const { count } = await tx.backfillRun.updateMany({ where: { shopId, id, ...from }, data: changes });
  return { updated: count > 0 };
}
