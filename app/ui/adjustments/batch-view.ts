import type { PointBatch } from '~/modules/loyalty/types';

type Moments = 'createdAt' | 'startedAt' | 'finishedAt' | 'undoneAt';

/** A batch as the loader sends it. */
export type BatchView = Omit<PointBatch, 'id' | Moments> & { id: string; createdAt: string } & Record<
    Exclude<Moments, 'createdAt'>,
    string | null
  >;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function toBatchView(batch: PointBatch): BatchView {
  const { id, createdAt, startedAt, finishedAt, undoneAt } = batch;
  return {
    ...batch,
    id: String(id),
    createdAt: createdAt.toISOString(),
    startedAt: iso(startedAt),
    finishedAt: iso(finishedAt),
    undoneAt: iso(undoneAt),
  };
}
