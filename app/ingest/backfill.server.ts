import {
  ensureInstallBackfill,
  getShop,
  listOpenBackfills,
  updateBackfill,
} from '~/modules/shops/index.server';
import type { BackfillKind, OpenBackfill } from '~/modules/shops/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { errorText } from '~/platform/errors';
import { scrubText } from '~/platform/scrub';
import {
  operations,
  shopifyClient,
  throwUserErrors,
  type ShopifyClient,
} from '~/platform/shopify/index.server';
import { ingestResult, ResultGone } from './bulk/ingest-result.server';

const maxAttempts = 3;

interface Parts {
  client: (shopDomain: string) => ShopifyClient;
  download: typeof fetch;
}

interface Context {
  shopId: number;
  client: ShopifyClient;
  download: typeof fetch;
}

/** Where an import stands after a step: moved on, or waiting for Shopify. */
type Step = 'moved' | 'waiting';

type Changes = Parameters<typeof updateBackfill>[1]['changes'];

const queries: Readonly<Record<BackfillKind, { document: string }>> = {
  products: operations.bulkProducts,
  customers: operations.bulkCustomers,
  orders: operations.bulkOrders,
};

/**
 * Moves the imports of a shop as far as they go now: starts bulk operations, looks whether they are finished, takes in the
 * results, products first and orders last. Asks for the import of a new install itself. Idempotent, and safe to be killed
 * anywhere: what is written down is what is done. Throws when Shopify can't be reached; the sweep calls it again.
 */
export async function advanceBackfill(
  shopId: number,
  parts: Parts = { client: shopifyClient, download: fetch },
): Promise<void> {
  const shop = await withShop(shopId, (tx) => getShop(tx, { shopId }));
  if (shop.status !== 'active') return;
  await withShop(shopId, (tx) => ensureInstallBackfill(tx, { shopId, now: clock.now() }));
  const context: Context = { shopId, client: parts.client(shop.domain), download: parts.download };
  for (;;) {
    const runs = await withShop(shopId, (tx) => listOpenBackfills(tx, { shopId }));
    let moved = false;
    for (const [index, run] of runs.entries()) {
      const step = await advanceRun(context, run, index === 0);
      moved ||= step === 'moved';
    }
    if (!moved) return;
  }
}

async function advanceRun(context: Context, run: OpenBackfill, isFirst: boolean): Promise<Step> {
  try {
    if (run.status === 'requested') return await start(context, run);
    if (run.status === 'running') return await look(context, run);
    return isFirst ? await ingest(context, run) : 'waiting';
  } catch (error) {
    await update(context, run, { error: scrubText(errorText(error)).slice(0, 500) });
    throw error;
  }
}

async function start(context: Context, run: OpenBackfill): Promise<Step> {
  const { bulkOperationRunQuery: answer } = await context.client.request(operations.startBulkQuery, {
    query: bulkText(run),
  });
  const { bulkOperation, userErrors } = answer ?? { bulkOperation: null, userErrors: [] };
  if (userErrors.some(({ code }) => code === 'OPERATION_IN_PROGRESS' || code === 'LIMIT_REACHED'))
    return 'waiting'; // others are running: later
  if (userErrors.length > 0) return giveUp(context, run, userErrors.map(({ message }) => message).join('; '));
  throwUserErrors('the import', bulkOperation ? [] : [{ message: 'no operation was started' }]);
  return update(context, run, {
    status: 'running',
    operationId: bulkOperation?.id ?? null,
    ingestedLines: 0,
    error: null,
  });
}

/** The query with its filter written in: bulk queries take no variables. */
function bulkText(run: OpenBackfill): string {
  const { document } = queries[run.kind];
  const argument = run.since ? `(query: ${JSON.stringify(`updated_at:>='${run.since.toISOString()}'`)})` : '';
  return document.replace('($filter: String)', '').replace('(query: $filter)', argument);
}

async function look(context: Context, run: OpenBackfill): Promise<Step> {
  const { bulkOperation } = await context.client.request(operations.bulkOperation, {
    id: run.operationId ?? '',
  });
  if (!bulkOperation) return startOver(context, run, 'Shopify does not know the operation any more');
  const totalObjects = Number(bulkOperation.objectCount);
  switch (bulkOperation.status) {
    case 'COMPLETED':
      if (bulkOperation.url === null)
        return update(context, run, { status: 'done', totalObjects, error: null, finishedAt: clock.now() });
      return update(context, run, {
        status: 'ingesting',
        totalObjects,
        resultUrl: bulkOperation.url,
        error: null,
      });
    case 'FAILED':
      if (bulkOperation.errorCode === 'ACCESS_DENIED')
        return giveUp(context, run, 'Shopify denied access to some of the data');
      return startOver(
        context,
        run,
        `Shopify could not finish (${bulkOperation.errorCode ?? 'no reason given'})`,
      );
    case 'CANCELED':
    case 'EXPIRED':
      return startOver(context, run, `the operation was ${bulkOperation.status.toLowerCase()}`);
    case 'CANCELING':
    case 'CREATED':
    case 'RUNNING':
      await update(context, run, { totalObjects });
      return 'waiting';
  }
}

async function ingest(context: Context, run: OpenBackfill): Promise<Step> {
  try {
    const result = await ingestResult({ ...context, run, url: run.resultUrl ?? '' });
    if (!result) return 'waiting';
    const error =
      result.unreadable.length === 0
        ? null
        : `${result.unreadable.length} could not be read, first ${result.unreadable[0] ?? ''}`.slice(0, 500);
    return await finish(context, run, { lines: result.lines, error });
  } catch (error) {
    if (!(error instanceof ResultGone)) throw error;
    if (run.attempts + 1 >= maxAttempts)
      return giveUp(context, run, 'the result can no longer be downloaded');
    return update(context, run, { status: 'running', attempts: run.attempts + 1 });
  }
}

async function finish(
  context: Context,
  run: OpenBackfill,
  end: { lines: number; error: string | null },
): Promise<Step> {
  const { shopId } = context;
  const from = { status: 'ingesting' as const, ingestedLines: end.lines };
  const changes: Changes = {
    status: 'done',
    error: end.error,
    resultUrl: null,
    totalObjects: end.lines,
    finishedAt: clock.now(),
  };
  const { updated } = await withShop(shopId, (tx) =>
    updateBackfill(tx, { shopId, id: run.id, from, changes }),
  );
  return updated ? 'moved' : 'waiting';
}

async function startOver(context: Context, run: OpenBackfill, error: string): Promise<Step> {
  const attempts = run.attempts + 1;
  if (attempts >= maxAttempts) return giveUp(context, run, error);
  return update(context, run, {
    status: 'requested',
    operationId: null,
    resultUrl: null,
    ingestedLines: 0,
    attempts,
    error,
  });
}

function giveUp(context: Context, run: OpenBackfill, error: string): Promise<Step> {
  return update(context, run, { status: 'failed', error, finishedAt: clock.now() });
}

/** Changes the run unless it was changed meanwhile. */
async function update(context: Context, run: OpenBackfill, changes: Changes): Promise<Step> {
  const { shopId } = context;
  const { updated } = await withShop(shopId, (tx) =>
    updateBackfill(tx, { shopId, id: run.id, from: { status: run.status }, changes }),
  );
  return updated ? 'moved' : 'waiting';
}
