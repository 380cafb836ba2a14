import type { LineProblem } from './adjustment-file';

export type BatchSourceKind = 'file' | 'tier' | 'orders';
export type BatchStatus = 'draft' | 'posting' | 'posted' | 'undoing' | 'undone';

/** Points for many people at once. Every figure of points is whole and, but for signs told, above 0. */
export interface PointBatch {
  id: bigint;
  source: BatchSourceKind;
  title: string; // the file's name, the tier's, the first day
  reason: string;
  staff: string; // who made it, then who started it
  undoneBy: string | null;
  status: BatchStatus;
  lines: number;
  failed: number; // nothing was posted for them, or less than they say
  done: number; // lines the running job has been through
  people: number; // who got or gave points
  given: number;
  taken: number;
  tookBack: number; // of what was given, by undoing
  gaveBack: number; // of what was taken
  kept: number; // of what was given, spent before it could be taken back
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  undoneAt: Date | null;
}

/** Why nothing, or less, is posted for a line: of the file itself, or found out later. */
export type BatchProblem = LineProblem | 'unknown' | 'duplicate' | 'gone' | 'short';

/** What starting a batch would do, by the balances of now. */
export interface BatchPreview {
  people: number;
  gains: number; // people who get points
  given: number;
  losses: number; // people points are taken from
  taken: number; // as much as they have
  short: number; // of them, people who have fewer than are to be taken
  worth: string | null; // of the points given, shop currency; null while the value of a point is not told
  problems: { problem: BatchProblem; lines: number }[];
}

/** A line nothing was posted for, or less than it says. */
export interface FailedLine {
  line: number;
  who: string | null; // as uploaded, or how the person is known; null when that was dropped or could not be read
  points: number | null;
  posted: number;
  problem: BatchProblem;
}
