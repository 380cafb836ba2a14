import { enrol, ensureFlows, setFlowEnabled } from '~/modules/flows/index.server';
import type { FlowKey } from '~/modules/flows/types';
import { prisma, withShop } from '~/platform/db/index.server';

/** When the stories of the flow tests begin: a Monday, 10:00 UTC. */
export const flowsStart = new Date('2026-05-04T10:00:00Z');

export function hoursLater(hours: number, from = flowsStart): Date {
  return new Date(from.getTime() + hours * 3_600_000);
}

let counter = 0;

export interface ShopSeed {
  timeZone?: string;
  status?: string;
  settings?: {
    quietHoursStart?: number;
    quietHoursEnd?: number;
    capMessages?: number;
    capWindowHours?: number;
    holdoutPercent?: number;
  };
  /** Switched on a day before the story begins. */
  flows?: FlowKey[];
}

/** An active shop with its flows, those of `flows` switched on. Returns its id. */
export async function aShopWithFlows(seed: ShopSeed = {}): Promise<number> {
  counter += 1;
  const { id } = await prisma().shop.create({
    data: {
      domain: `flows-${counter}.myshopify.com`,
      status: seed.status ?? 'active',
      timeZone: seed.timeZone ?? 'UTC',
      installedAt: flowsStart,
      updatedAt: flowsStart,
    },
  });
  const yesterday = hoursLater(-24);
  await withShop(id, async (tx) => {
    if (seed.settings) {
      await tx.shopSettings.create({ data: { shopId: id, updatedAt: flowsStart, ...seed.settings } });
    }
    await ensureFlows(tx, { shopId: id, now: yesterday });
    for (const key of seed.flows ?? [])
      await setFlowEnabled(tx, { shopId: id, key, enabled: true, now: yesterday });
  });
  return id;
}

export interface PersonSeed {
  email?: string | null;
  consent?: string | null;
  lastOrder?: { id: bigint; at: Date };
}

/** Someone the shop may write to, unless told otherwise; with `lastOrder` a customer. */
export async function aPerson(shopId: number, seed: PersonSeed = {}): Promise<bigint> {
  counter += 1;
  const email = seed.email === undefined ? `person-${counter}@example.com` : seed.email;
  const consent = seed.consent === undefined ? 'subscribed' : seed.consent;
  const { id: profileId } = await prisma().profile.create({
    data: { shopId, email, firstSeenAt: hoursLater(-1000) },
  });
  if (consent) await setConsent(shopId, profileId, consent, hoursLater(-1000));
  if (seed.lastOrder) {
    const { id, at } = seed.lastOrder;
    await anOrder(shopId, { id, at, profileId });
    await prisma().profileTraits.create({
      data: { shopId, profileId, ordersCount: 1, firstOrderAt: at, lastOrderAt: at },
    });
  }
  return profileId;
}

export async function setConsent(shopId: number, profileId: bigint, state: string, at: Date): Promise<void> {
  const row = { state, source: 'merchant', consentedAt: at };
  await prisma().consent.upsert({
    where: { shopId_profileId_channel: { shopId, profileId, channel: 'email' } },
    create: { shopId, profileId, channel: 'email', ...row },
    update: row,
  });
}

export async function anOrder(
  shopId: number,
  order: { id: bigint; profileId: bigint; at: Date },
): Promise<void> {
  const money = {
    subtotal: '50',
    discounts: '0',
    shipping: '0',
    tax: '0',
    total: '50',
    presentmentTotal: '50',
  };
  await prisma().order.create({
    data: {
      ...money,
      shopId,
      id: order.id,
      name: `#${order.id}`,
      profileId: order.profileId,
      currency: 'EUR',
      presentmentCurrency: 'EUR',
      taxesIncluded: true,
      processedAt: order.at,
      shopifyUpdatedAt: order.at,
    },
  });
}

/** A cart left by this person an hour before `at`, abandoned and entered into its flow then. Returns its token. */
export async function anAbandonedCart(shopId: number, profileId: bigint, at = flowsStart): Promise<string> {
  counter += 1;
  const token = `cart-${counter}`;
  const quietSince = hoursLater(-1, at);
  await withShop(shopId, async (tx) => {
    await tx.cart.create({
      data: {
        shopId,
        token,
        publicId: `public-${counter}`,
        kind: 'checkout',
        profileId,
        total: '50',
        state: 'abandoned',
        startedAt: quietSince,
        lastActivityAt: quietSince,
        abandonedAt: at,
      },
    });
    const entries = [{ profileId, runKey: token, context: { cartToken: token }, occurredAt: at }];
    await enrol(tx, { shopId, trigger: 'cart_abandoned', entries, now: at });
  });
  return token;
}

/** The mails written so far, oldest first. */
export async function mails(shopId: number): Promise<{ profileId: bigint; step: string | null; at: Date }[]> {
  const rows = await prisma().message.findMany({
    where: { shopId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({ profileId: row.profileId, step: row.nodeKey, at: row.createdAt }));
}

/** Where runs stand, oldest first. */
export async function runs(shopId: number) {
  return prisma().flowRun.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
}
