import { z } from 'zod';
import { Prisma, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { findTierProgramme } from '../find-tier-programme.server';
import { mostLines, mostPoints, type AdjustmentLine } from './adjustment-file';
import type { BatchSourceKind } from './point-batch';

export type BatchSource =
  | { kind: 'file'; name: string; lines: readonly AdjustmentLine[] }
  | { kind: 'tier'; tierId: number; points: number } // everybody who is in it now
  | { kind: 'orders'; since: string; points: number }; // who ordered on this shop-local day or later, YYYY-MM-DD

export interface CreatePointBatchInput {
  shopId: number;
  source: BatchSource;
  reason: string; // for lines that say none; shown in the ledger
  staff: string;
  key: string; // of the form that was submitted: submitting it again makes no second batch
  now: Date;
}

const textSchema = z.object({
  reason: z.string().trim().min(1).max(500),
  staff: z.string().min(1).max(200),
  key: z.string().min(1).max(200),
});
const pointsSchema = z
  .number()
  .int()
  .min(-mostPoints)
  .max(mostPoints)
  .refine((points) => points !== 0);
const daySchema = z.iso.date();

/**
 * Stores who is to get or lose how many points, as a draft: nothing is posted. Lines of people nobody knows, and all but the
 * first line of a person, are marked. Idempotent by `key`. Throws `invalid`, also when there is nobody.
 */
export async function createPointBatch(tx: Tx, input: CreatePointBatchInput): Promise<{ batchId: bigint }> {
  const texts = textSchema.safeParse(input);
  if (!texts.success) throw invalid(texts.error.message, 'Enter a reason of at most 500 characters.');
  checkSource(input.source);
  const { shopId, source, now } = input;
  const { reason, staff, key } = texts.data;
  const title = await titleOf(tx, input);
  const [row] = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO point_batches (shop_id, create_key, source, title, reason, staff, status, lines, failed, created_at)
    VALUES (${shopId}::int, ${key}, ${source.kind}, ${title}, ${reason}, ${staff}, 'draft', 0, 0, ${now})
    ON CONFLICT (shop_id, create_key) DO NOTHING RETURNING id`;
  if (!row) return { batchId: await findByKey(tx, shopId, key) };
  await insertLines(tx, input, row.id);
  const { lines } = await count(tx, shopId, row.id);
  if (lines === 0) throw invalid('nobody', nobody[source.kind]);
  return { batchId: row.id };
}

const nobody: Record<BatchSourceKind, string> = {
  file: 'The file has no lines.',
  tier: 'Nobody is in this tier now.',
  orders: 'Nobody has ordered since that day.',
};

function checkSource(source: BatchSource): void {
  if (source.kind === 'file') {
    if (source.lines.length > mostLines)
      throw invalid('too many lines', `Upload at most ${mostLines} lines.`);
    return;
  }
  if (!pointsSchema.safeParse(source.points).success)
    throw invalid('points', `Enter a whole number of points, not 0 and at most ${mostPoints}.`);
  if (source.kind === 'orders' && !daySchema.safeParse(source.since).success)
    throw invalid('day', 'Choose the first day.');
}

async function titleOf(tx: Tx, { shopId, source, now }: CreatePointBatchInput): Promise<string> {
  if (source.kind === 'file') return source.name.slice(0, 200) || 'CSV';
  if (source.kind === 'orders') return source.since;
  const programme = await findTierProgramme(tx, { shopId, at: now });
  const tier = programme?.tiers.find(({ id }) => id === source.tierId);
  if (!tier) throw invalid('no such tier', 'This tier is no longer there. Choose another one.');
  return tier.name;
}

async function findByKey(tx: Tx, shopId: number, createKey: string): Promise<bigint> {
  const where = { shopId_createKey: { shopId, createKey } };
  return (await tx.pointBatch.findUniqueOrThrow({ where, select: { id: true } })).id;
}

async function insertLines(tx: Tx, { shopId, source }: CreatePointBatchInput, id: bigint): Promise<void> {
  if (source.kind === 'file') return insertFile(tx, shopId, id, source.lines);
  const chosen =
    source.kind === 'tier'
      ? Prisma.sql`profile_tiers t WHERE t.shop_id = ${shopId} AND t.tier_id = ${source.tierId}`
      : Prisma.sql`profile_traits t WHERE t.shop_id = ${shopId} AND t.last_order_at >=
          (SELECT ${source.since}::date::timestamp AT TIME ZONE time_zone FROM shops WHERE id = ${shopId})`;
  await tx.$executeRaw`
    INSERT INTO point_batch_lines (shop_id, batch_id, line, profile_id, points)
    SELECT ${shopId}::int, ${id}, row_number() OVER (ORDER BY p.id), p.id, ${source.points}::int
    FROM (SELECT t.profile_id FROM ${chosen}) chosen
    JOIN profiles p ON p.shop_id = ${shopId} AND p.id = chosen.profile_id
    WHERE p.merged_into_id IS NULL AND p.redacted_at IS NULL`;
}

/** What was uploaded is kept of people nobody knows only: of others, the profile says how they are known. */
async function insertFile(
  tx: Tx,
  shopId: number,
  id: bigint,
  lines: readonly AdjustmentLine[],
): Promise<void> {
  const rows = lines.map((line) => ({ ...line, kind: line.who?.includes('@') ? 'email' : 'shopify' }));
  await tx.$executeRaw`
    INSERT INTO point_batch_lines (shop_id, batch_id, line, who, profile_id, points, reason, problem)
    SELECT ${shopId}::int, ${id}, line, CASE WHEN profile_id IS NULL THEN who END, profile_id, points, reason,
      CASE WHEN problem IS NOT NULL THEN problem WHEN profile_id IS NULL THEN 'unknown'
        WHEN row_number() OVER (PARTITION BY profile_id, problem IS NULL ORDER BY line) > 1 THEN 'duplicate' END
    FROM (
      SELECT u.*, i.profile_id FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS u(line int, who text, kind text, points int, reason text, problem text)
      LEFT JOIN profile_identities i ON i.shop_id = ${shopId} AND i.kind = u.kind AND i.value = u.who) known`;
}

async function count(tx: Tx, shopId: number, id: bigint): Promise<{ lines: number }> {
  const [row] = await tx.$queryRaw<{ lines: number }[]>`
    UPDATE point_batches b SET lines = l.lines, failed = l.failed
    FROM (SELECT count(*)::int AS lines, (count(problem))::int AS failed
          FROM point_batch_lines WHERE shop_id = ${shopId} AND batch_id = ${id}) l
    WHERE b.shop_id = ${shopId} AND b.id = ${id} RETURNING b.lines`;
  return row ?? { lines: 0 };
}

function invalid(message: string, userMessage: string): AppError {
  return new AppError('invalid', { message: `point batch: ${message}`, userMessage });
}
