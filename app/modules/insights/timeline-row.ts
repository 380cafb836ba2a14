import { z } from 'zod';
import { iso } from './iso';
import type { TimelineEntry } from './types';

export interface TimelineRow {
  id: bigint;
  kind: string;
  occurred_at: Date;
  data: unknown;
}

/** Facts kept as JSON: flat, of plain values. Anything else is left out. */
export const flatDataSchema = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .catch({});

export function toTimelineEntry(row: TimelineRow): TimelineEntry {
  return {
    id: String(row.id),
    kind: row.kind,
    occurredAt: iso(row.occurred_at),
    data: flatDataSchema.parse(row.data),
  };
}
