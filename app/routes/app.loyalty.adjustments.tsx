import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { z } from 'zod';
import { enqueue } from '~/jobs/enqueue.server';
import { getShopView } from '~/modules/insights/index.server';
import {
  createPointBatch,
  deletePointBatch,
  findTierProgramme,
  getPointBatch,
  listFailedLines,
  listPointBatches,
  previewPointBatch,
  startPointBatch,
  undoPointBatch,
} from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { readBody } from '~/platform/read-body.server';
import { requireShop } from '~/shopify.server';
import { findAdjustmentMistakes } from '~/ui/adjustments/adjustment-draft';
import { AdjustmentForm, type AdjustmentResult } from '~/ui/adjustments/adjustment-form';
import { BatchPage } from '~/ui/adjustments/batch-page';
import { BatchBadge, BatchTable, batchTitle } from '~/ui/adjustments/batch-table';
import { toBatchView } from '~/ui/adjustments/batch-view';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { createAdminFormat } from '~/ui/format';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { idParam, searchInput } from '~/ui/params';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('adjustments.name');

const page = '/app/loyalty/adjustments';
const shownBatches = 25;
const shownFailures = 25;
const bodyLimit = 16 * 1024 * 1024; // a file of 5 MB, with what JSON adds to it
const patience = { timeoutMs: 120_000 }; // everybody who ever ordered may be many

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { batch, after } = searchInput(request);
  return answer(() =>
    withShop(
      shopId,
      async (tx) => {
        const shop = await getShopView(tx, { shopId });
        if (batch === undefined) return { shop, list: await readList(tx, shopId, after), detail: null };
        return { shop, list: null, detail: await readDetail(tx, shopId, idParam(batch, 'batch')) };
      },
      patience,
    ),
  );
}

async function readList(tx: Tx, shopId: number, after: string | undefined) {
  const before = after === undefined ? undefined : idParam(after, 'batch');
  const batches = await listPointBatches(tx, { shopId, before, limit: shownBatches + 1 });
  const shown = batches.slice(0, shownBatches).map(toBatchView);
  const programme = await findTierProgramme(tx, { shopId, at: clock.now() });
  return {
    batches: shown,
    next: batches.length > shownBatches ? (shown.at(-1)?.id ?? null) : null,
    tiers: programme?.tiers.map(({ id, name }) => ({ id, name })) ?? [],
  };
}

async function readDetail(tx: Tx, shopId: number, batchId: bigint) {
  const batch = await getPointBatch(tx, { shopId, batchId });
  return {
    batch: toBatchView(batch),
    preview: batch.status === 'draft' ? await previewPointBatch(tx, { shopId, batchId }) : null,
    failed: await listFailedLines(tx, { shopId, batchId, limit: shownFailures }),
  };
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('create'), key: z.string().min(1).max(100), draft: z.unknown() }),
  z.object({ intent: z.enum(['start', 'undo', 'discard']), id: z.string() }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const { shopId, staff } = await requireShop(request);
  const body = await readBody(request, bodyLimit);
  if (!body) return refused({ file: t('adjustments.file.tooLarge') });
  const input = actionSchema.parse(JSON.parse(new TextDecoder().decode(body)));
  const by = { shopId, staff, now: clock.now() };
  if (input.intent === 'create') return create(by, input);
  return answer(() => change(by, input.intent, idParam(input.id, 'batch')));
}

interface By {
  shopId: number;
  staff: string;
  now: Date;
}

/** What the form or the data refuse stands beside the field it is about. */
async function create(by: By, { key, draft }: { key: string; draft?: unknown }) {
  const found = findAdjustmentMistakes(draft);
  if ('errors' in found) return refused(found.errors);
  try {
    const input = { ...by, ...found, key };
    const { batchId } = await withShop(by.shopId, (tx) => createPointBatch(tx, input), patience);
    return data<AdjustmentResult>({ created: String(batchId) });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    const field = { file: 'file', tier: 'tier', orders: 'since' } as const;
    return refused({ [field[found.source.kind]]: error.userMessage });
  }
}

async function change(by: By, intent: 'start' | 'undo' | 'discard', batchId: bigint) {
  const { shopId } = by;
  if (intent === 'discard') {
    await withShop(shopId, async (tx) => {
      await getPointBatch(tx, { shopId, batchId });
      await deletePointBatch(tx, { shopId, batchId });
    });
    return redirect(page);
  }
  const act = intent === 'start' ? startPointBatch : undoPointBatch;
  await withShop(shopId, (tx) => act(tx, { ...by, batchId }));
  await enqueue('loyalty.batches', { shopId });
  return data<AdjustmentResult>({ done: true });
}

function refused(errors: Extract<AdjustmentResult, { errors: unknown }>['errors']) {
  return data<AdjustmentResult>({ errors }, { status: 422 });
}

export default function Adjustments() {
  const { shop, list, detail } = useLoaderData<typeof loader>();
  if (detail)
    return (
      <AdminPage
        shop={shop}
        title={batchTitle(detail.batch, createAdminFormat(shop))}
        titleMetadata={<BatchBadge status={detail.batch.status} />}
        back={{ label: t('adjustments.name'), url: page }}
      >
        <BatchPage {...detail} />
      </AdminPage>
    );
  return (
    <AdminPage
      shop={shop}
      title={t('adjustments.name')}
      subtitle={t('adjustments.intro')}
      back={{ label: t('loyalty.title'), url: '/app/loyalty' }}
    >
      <BlockStack gap="400">
        <AdjustmentForm tiers={list.tiers} />
        <BatchTable batches={list.batches} next={list.next} />
      </BlockStack>
    </AdminPage>
  );
}
