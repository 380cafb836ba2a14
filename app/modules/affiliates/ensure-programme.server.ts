import { randomToken } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import type { RuleTerms } from './types';

/** What a shop begins with; the merchant may change all of it. */
const defaultTerms: Omit<RuleTerms, 'rates'> = {
  kind: 'percent',
  value: '10',
  scope: 'every_order',
  newCustomersOnly: false,
  holdDays: 30,
  windowDays: 30,
};

/** Starts the shop's programme with one group, unless it has one. Idempotent, also when two do it at once. */
export async function ensureProgramme(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  const { shopId, now } = input;
  const data = { shopId, token: randomToken(), createdAt: now, updatedAt: now };
  await tx.affiliateProgramme.createMany({ data: [data], skipDuplicates: true });
  const createKey = 'first';
  const group = { shopId, name: 'Affiliates', createKey, createdAt: now };
  await tx.affiliateGroup.createMany({ data: [group], skipDuplicates: true });
  const { id: groupId } = await tx.affiliateGroup.findUniqueOrThrow({
    where: { shopId_createKey: { shopId, createKey } },
  });
  const rule = { shopId, groupId, version: 1, ...defaultTerms, rates: [], effectiveFrom: now };
  await tx.affiliateRule.createMany({ data: [rule], skipDuplicates: true });
}
