import type { Tx } from '~/platform/db/index.server';
import type { BatchStep, NextLine } from './list-next-lines.server';

interface SaveStepInput {
  shopId: number;
  step: BatchStep;
  lines: NextLine[];
  posted: Map<number, number>; // by line
  through: boolean; // nothing is left after these
  now: Date;
}

/** Writes down what was posted for these lines, and how far the batch has come. */
export async function saveStep(tx: Tx, input: SaveStepInput): Promise<void> {
  const done = input.lines
    .filter(({ points }) => points !== 0)
    .map(({ line, points, profileId }) => {
      const posted = input.posted.get(line) ?? 0;
      const problem = profileId === null ? 'gone' : posted === points ? null : 'short';
      return { line, points, posted, problem };
    });
  await (input.step.undoing ? saveUndone(tx, input, done) : savePosted(tx, input, done));
}

interface Done {
  line: number;
  points: number;
  posted: number;
  problem: string | null;
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
const above = (value: number): number => Math.max(0, value);

/** The words of a line are in the ledger now, from where erasure takes them. */
async function savePosted(tx: Tx, { shopId, step, lines, through, now }: SaveStepInput, done: Done[]) {
  await tx.$executeRaw`
    UPDATE point_batch_lines l SET posted = d.posted, problem = d.problem, reason = NULL
    FROM jsonb_to_recordset(${JSON.stringify(done)}::jsonb) AS d(line int, posted int, problem text)
    WHERE l.shop_id = ${shopId} AND l.batch_id = ${step.id} AND l.line = d.line
      AND l.line = ANY (${done.map(({ line }) => line)}::int[])`;
  await tx.pointBatch.update({
    where: { shopId_id: { shopId, id: step.id } },
    data: {
      postedTo: lines.at(-1)?.line ?? step.postedTo,
      people: { increment: done.filter(({ posted }) => posted !== 0).length },
      failed: { increment: done.filter(({ problem }) => problem !== null).length },
      given: { increment: sum(done.map(({ posted }) => above(posted))) },
      taken: { increment: sum(done.map(({ posted }) => above(-posted))) },
      ...(through && { status: 'posted', finishedAt: now }),
    },
  });
}

async function saveUndone(tx: Tx, { shopId, step, lines, through, now }: SaveStepInput, done: Done[]) {
  await tx.$executeRaw`
    UPDATE point_batch_lines l SET undone = d.posted
    FROM jsonb_to_recordset(${JSON.stringify(done)}::jsonb) AS d(line int, posted int)
    WHERE l.shop_id = ${shopId} AND l.batch_id = ${step.id} AND l.line = d.line
      AND l.line = ANY (${done.map(({ line }) => line)}::int[])`;
  await tx.pointBatch.update({
    where: { shopId_id: { shopId, id: step.id } },
    data: {
      undoneTo: lines.at(-1)?.line ?? step.undoneTo,
      tookBack: { increment: sum(done.map(({ posted }) => above(-posted))) },
      gaveBack: { increment: sum(done.map(({ posted }) => above(posted))) },
      kept: { increment: sum(done.map(({ points, posted }) => posted - points)) },
      ...(through && { status: 'undone', undoneAt: now }),
    },
  });
}
