import { tombstoneOf } from '~/modules/customers/index.server';
import type { Tx } from '~/platform/db/index.server';
import { blankBody } from './blank-body';
import { peopleInBody } from './people-in-body';

export interface ScrubDeliveriesInput {
  shopId: number;
  limit: number; // deliveries at most
  now: Date;
  restart?: boolean; // from the first delivery: somebody was erased just now
  phones?: string[]; // of people erased just now; of earlier ones only the hashes of ids and addresses are left
  orderIds?: bigint[]; // likewise, beside the orders of all erased profiles
}

interface Delivery {
  id: bigint;
  received_at: Date;
  topic: string;
  status: string;
  body: string;
}

interface Erased {
  hashes: Set<string>;
  orderIds: Set<string>;
  phones: Set<string>;
}

const chunk = 500;
const writingMs = 60_000; // much longer than writing a delivery may take
const gone = '{}';

/**
 * Searches the raw deliveries of a shop for erased people, from where the last search ended, and takes them out: a delivery
 * that was processed loses its body, one that still waits keeps its numbers and loses its texts. Works with the hashes
 * that are left of the people, so it also finds what Shopify sends about them later. Idempotent.
 */
export async function scrubDeliveries(tx: Tx, input: ScrubDeliveriesInput): Promise<{ finished: boolean }> {
  const { shopId } = input;
  const erased = await loadErased(tx, input);
  let from = input.restart ? 0n : await readProgress(tx, shopId);
  // A delivery may have got its number and not be there yet: the next search begins before those of the last minute.
  const settledBefore = new Date(input.now.getTime() - writingMs);
  let [settled, isSettled] = [from, true];
  for (let left = input.limit; left > 0; left -= chunk) {
    const deliveries = await readDeliveries(tx, { shopId, from, limit: Math.min(chunk, left) });
    for (const { id, received_at: receivedAt } of deliveries) {
      isSettled &&= receivedAt < settledBefore;
      if (isSettled) settled = id;
    }
    const naming = deliveries.filter((delivery) => names(delivery, erased));
    await blank(tx, naming);
    from = deliveries.at(-1)?.id ?? from;
    if (deliveries.length < Math.min(chunk, left)) {
      await saveProgress(tx, shopId, settled);
      return { finished: true };
    }
  }
  await saveProgress(tx, shopId, from);
  return { finished: false };
}

async function loadErased(tx: Tx, input: ScrubDeliveriesInput): Promise<Erased> {
  const tombstones = await tx.profileIdentity.findMany({
    where: { shopId: input.shopId, kind: 'redacted' },
    select: { value: true },
  });
  const orders = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT o.id FROM profiles p JOIN orders o ON o.shop_id = p.shop_id AND o.profile_id = p.id
    WHERE p.shop_id = ${input.shopId} AND p.redacted_at IS NOT NULL`;
  return {
    hashes: new Set(tombstones.map(({ value }) => value)),
    orderIds: new Set([...orders.map(({ id }) => id), ...(input.orderIds ?? [])].map(String)),
    phones: new Set(input.phones),
  };
}

async function readDeliveries(
  tx: Tx,
  input: { shopId: number; from: bigint; limit: number },
): Promise<Delivery[]> {
  return tx.$queryRaw<Delivery[]>`
    SELECT i.id, i.received_at, i.topic, i.status, i.body FROM inbox_events i
    WHERE i.shop_domain = (SELECT domain FROM shops WHERE id = ${input.shopId}) AND i.id > ${input.from}
    ORDER BY i.id LIMIT ${input.limit}`;
}

function names({ topic, body }: Delivery, erased: Erased): boolean {
  const { customerIds, emails, phones, orderIds } = peopleInBody(topic, body);
  const has = (kind: 'shopify' | 'email') => (value: string) =>
    erased.hashes.has(tombstoneOf({ kind, value }));
  return (
    [...customerIds].some(has('shopify')) ||
    [...emails].some(has('email')) ||
    [...phones].some((phone) => erased.phones.has(phone)) ||
    [...orderIds].some((id) => erased.orderIds.has(id))
  );
}

async function blank(tx: Tx, deliveries: Delivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  const bodies = deliveries.map(({ topic, status, body }) => {
    const waits = (status === 'pending' || status === 'dead') && topic !== 'customers/redact';
    return waits ? blankBody(body) : gone;
  });
  const ids = deliveries.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE inbox_events i SET body = b.body, error = NULL
    FROM unnest(${ids}::bigint[], ${bodies}::text[]) AS b(id, body) WHERE i.id = b.id AND i.body <> b.body`;
}

async function readProgress(tx: Tx, shopId: number): Promise<bigint> {
  return (await tx.deliveryScan.findUnique({ where: { shopId } }))?.scannedTo ?? 0n;
}

async function saveProgress(tx: Tx, shopId: number, scannedTo: bigint): Promise<void> {
  await tx.deliveryScan.upsert({ where: { shopId }, create: { shopId, scannedTo }, update: { scannedTo } });
}
