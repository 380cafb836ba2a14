import type { Tx } from '~/platform/db/index.server';
import type { Connections } from './types';

const countedUpTo = 10_000;

/** What of loyalty leaves the app towards Shopify, and whether it arrives. */
export async function getConnections(tx: Tx, { shopId }: { shopId: number }): Promise<Connections> {
  const settings = await tx.loyaltySettings.findUnique({ where: { shopId } });
  const [row] = await tx.$queryRaw<
    { waiting: bigint; refused: bigint; error: string | null; tier: string | null }[]
  >`
    SELECT (SELECT count(*) FROM (SELECT 1 FROM told_standings WHERE shop_id = ${shopId} AND due_at IS NOT NULL LIMIT ${countedUpTo}) w) AS waiting,
           (SELECT count(*) FROM told_standings WHERE shop_id = ${shopId} AND error IS NOT NULL AND due_at IS NULL) AS refused,
           (SELECT error FROM told_standings WHERE shop_id = ${shopId} AND error IS NOT NULL AND due_at IS NULL
            ORDER BY customer_id DESC LIMIT 1) AS error,
           (SELECT name FROM tiers WHERE shop_id = ${shopId} ORDER BY version DESC, threshold LIMIT 1) AS tier`;
  return {
    shareStandings: settings?.shareStandings ?? true,
    tagTiers: settings?.tagTiers ?? false,
    namespace: settings?.fieldsNamespace ?? null,
    tierName: row?.tier ?? null,
    waiting: Number(row?.waiting ?? 0),
    refused: Number(row?.refused ?? 0),
    lastError: row?.error ?? null,
    flow: await getFlowState(tx, shopId),
  };
}

/** What workflows in Shopify Flow begin with; a trigger Shopify names by an id of its own counts for all. */
async function getFlowState(tx: Tx, shopId: number): Promise<Connections['flow']> {
  const uses = await tx.signalUse.findMany({ where: { shopId, inUse: true }, select: { triggerId: true } });
  const refused = { shopId, dueAt: null, sentAt: null };
  const last = await tx.signal.findFirst({
    where: refused,
    orderBy: { id: 'desc' },
    select: { error: true },
  });
  return {
    triggers: uses.map(({ triggerId }) => triggerId),
    waiting: await tx.signal.count({ where: { shopId, dueAt: { not: null } } }),
    refused: await tx.signal.count({ where: refused }),
    lastError: last?.error ?? null,
  };
}
