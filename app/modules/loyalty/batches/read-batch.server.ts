import { z } from 'zod';
import type { PointBatch as Row } from '~/generated/prisma/client';
import type { PointBatch } from './point-batch';

const sourceSchema = z.enum(['file', 'tier', 'orders']);
const statusSchema = z.enum(['draft', 'posting', 'posted', 'undoing', 'undone']);

/** A row as the module speaks of it. */
export function readBatch(row: Row): PointBatch {
  const { id, title, reason, staff, undoneBy, lines, failed, people, undoneTo, postedTo } = row;
  const { createdAt, startedAt, finishedAt, undoneAt } = row;
  const status = statusSchema.parse(row.status);
  return {
    id,
    source: sourceSchema.parse(row.source),
    title,
    reason,
    staff,
    undoneBy,
    status,
    lines,
    failed,
    done: status === 'undoing' || status === 'undone' ? undoneTo : postedTo,
    people,
    given: Number(row.given),
    taken: Number(row.taken),
    tookBack: Number(row.tookBack),
    gaveBack: Number(row.gaveBack),
    kept: Number(row.kept),
    createdAt,
    startedAt,
    finishedAt,
    undoneAt,
  };
}
