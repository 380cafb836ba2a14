import type { Tx } from '~/platform/db/index.server';
import { applyEarnEvents } from './apply-earn-events.server';
import { earnsSince } from './earns-since.server';

interface Input {
  shopId: number;
  profileIds: bigint[];
  now: Date;
}

/**
 * Points for having an account: once per customer of Shopify, by the version in force when the account came into being, so
 * those that were there before give nothing. Idempotent. Returns whose balance changed.
 */
export async function applyAccountEarnings(
  tx: Tx,
  { shopId, profileIds, now }: Input,
): Promise<{ profileIds: bigint[] }> {
  const since = await earnsSince(tx, { shopId, trigger: 'account_created' });
  if (since === null || profileIds.length === 0) return { profileIds: [] };
  const profiles = await tx.profile.findMany({
    where: { shopId, id: { in: profileIds }, shopifyCreatedAt: { gte: since }, deletedAt: null },
    select: { id: true, shopifyCustomerId: true, shopifyCreatedAt: true },
  });
  const happenings = profiles.flatMap(({ id: profileId, shopifyCustomerId, shopifyCreatedAt: occurredAt }) =>
    shopifyCustomerId === null || occurredAt === null
      ? []
      : [{ profileId, code: 'account_created', key: shopifyCustomerId.toString(), occurredAt }],
  );
  return applyEarnEvents(tx, { shopId, happenings, now });
}
