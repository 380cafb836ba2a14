import { getShop, lockFacts, updateBackfill } from '~/modules/shops/index.server';
import type { OpenBackfill } from '~/modules/shops/types';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError, errorText } from '~/platform/errors';
import { log } from '~/platform/log.server';
import { scrubText } from '~/platform/scrub';
import type { ShopifyClient } from '~/platform/shopify/index.server';
import { dispatch } from '../dispatch.server';
import { noFacts, type Facts } from '../facts';
import { isTransientDatabaseError } from '../transient-error';
import { groupNodes, type BulkNode } from './group-nodes';
import { readAhead } from './read-ahead';
import { readLines } from './read-lines';
import { toFacts, type BulkFacts } from './to-facts.server';

const batchSize = 1_000;
const idleMs = 60_000;
const timeoutMs = 120_000;

interface Ingest {
  shopId: number;
  run: OpenBackfill;
  client: ShopifyClient;
  download: typeof fetch;
}

export interface IngestResult {
  lines: number;
  unreadable: string[];
}

/** The address of the result has run out (they live for a week): ask Shopify for a new one. */
export class ResultGone extends Error {}

/** Another worker is taking in the same result: leave it to that one. */
class Overtaken extends Error {}

/**
 * Streams the result of a bulk operation and takes it in by thousands. Each batch is one transaction that also writes down
 * how far it got, so that after a crash the next run goes on exactly there. Returns null when another worker is at it.
 */
export async function ingestResult(input: Ingest & { url: string }): Promise<IngestResult | null> {
  const response = await input.download(input.url);
  if (response.status === 403 || response.status === 404 || response.status === 410)
    throw new ResultGone(`HTTP ${response.status}`);
  if (!response.ok || !response.body) {
    throw new AppError('unavailable', {
      message: `the result of a bulk operation: HTTP ${response.status}`,
      userMessage: 'Shopify did not hand over the import. It is tried again.',
    });
  }
  const progress: IngestResult = { lines: input.run.ingestedLines, unreadable: [] };
  try {
    // While the database is at work on a batch, the next one is read, and its refunds are asked for.
    for await (const batch of readAhead(readBatches(input, response.body)))
      await ingestBatch(input, batch, progress);
    return progress;
  } catch (error) {
    if (error instanceof Overtaken) return null;
    throw error;
  }
}

interface Batch extends BulkFacts {
  nodes: BulkNode[];
}

async function* readBatches(input: Ingest, body: ReadableStream<Uint8Array>): AsyncGenerator<Batch> {
  let nodes: BulkNode[] = [];
  for await (const node of groupNodes(readLines(body, idleMs), input.run.ingestedLines)) {
    nodes.push(node);
    if (nodes.length < batchSize) continue;
    yield await toBatch(input, nodes);
    nodes = [];
  }
  if (nodes.length > 0) yield await toBatch(input, nodes);
}

async function toBatch(input: Ingest, nodes: BulkNode[]): Promise<Batch> {
  return { nodes, ...(await toFacts(input.run.kind, nodes, input.client)) };
}

async function ingestBatch(input: Ingest, batch: Batch, progress: IngestResult): Promise<void> {
  const { nodes, facts, unreadable } = batch;
  try {
    const endLine = nodes.at(-1)?.endLine ?? progress.lines;
    await withShop(input.shopId, (tx) => takeIn(tx, input, facts, { from: progress.lines, to: endLine }), {
      timeoutMs,
    });
    progress.lines = endLine;
    progress.unreadable.push(...unreadable.map(scrubText));
  } catch (error) {
    if (error instanceof Overtaken || isTransientDatabaseError(error)) throw error;
    await ingestHalves(input, nodes, progress, error);
  }
}

/** One node no process can take must not hold up the rest: it is passed over, and named. */
async function ingestHalves(
  input: Ingest,
  nodes: BulkNode[],
  progress: IngestResult,
  reason: unknown,
): Promise<void> {
  const [only, ...others] = nodes;
  if (!only || others.length > 0) {
    const middle = Math.ceil(nodes.length / 2);
    for (const half of [nodes.slice(0, middle), nodes.slice(middle)])
      if (half.length > 0) await ingestBatch(input, await toBatch(input, half), progress);
    return;
  }
  log.warn({ err: reason, kind: input.run.kind }, 'an object could not be imported');
  progress.unreadable.push(scrubText(`${String(only.node.id)}: ${errorText(reason)}`));
  await withShop(input.shopId, (tx) =>
    takeIn(tx, input, noFacts(), { from: progress.lines, to: only.endLine }),
  );
  progress.lines = only.endLine;
}

async function takeIn(
  tx: Tx,
  input: Ingest,
  facts: Facts,
  lines: { from: number; to: number },
): Promise<void> {
  const { shopId, run } = input;
  await lockFacts(tx, { shopId });
  const from = { status: 'ingesting' as const, ingestedLines: lines.from };
  const { updated } = await updateBackfill(tx, {
    shopId,
    id: run.id,
    from,
    changes: { ingestedLines: lines.to },
  });
  if (!updated) throw new Overtaken();
  const now = clock.now();
  const { installedAt } = await getShop(tx, { shopId });
  // What was ordered since the install is news, even when an import is the first to tell: its webhook was lost.
  const { orders, ...rest } = facts;
  const [before, since] = [
    orders.filter((order) => order.processedAt < installedAt),
    orders.filter((order) => order.processedAt >= installedAt),
  ];
  await dispatch(tx, { shopId, facts: { ...noFacts(), orders: since }, now, historic: false });
  await dispatch(tx, { shopId, facts: { ...rest, orders: before }, now, historic: true });
}
