import { describe, expect, it } from 'vitest';
import { resolveProfiles, tombstoneOf } from '~/modules/customers/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import {
  checkoutFact,
  customerFact,
  guest,
  minute,
  orderFact,
  person,
  refundFact,
} from '../../factories/facts';
import { arrive, createShop } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const email = 'ada@example.com';
const ada = person({ shopifyCustomerId: 7n, email, phone: '+4915112345678', firstName: 'Ada' });

/** What the privacy module leaves of customer 7. */
async function shopThatForgotAda(): Promise<number> {
  const shopId = await createShop();
  const { id } = await prisma().profile.create({
    data: { shopId, firstSeenAt: minute(0), redactedAt: minute(1) },
  });
  const keys = [
    { kind: 'shopify', value: '7' },
    { kind: 'email', value: email },
  ] as const;
  await prisma().profileIdentity.createMany({
    data: keys.map((key) => ({
      shopId,
      kind: 'redacted',
      value: tombstoneOf(key),
      profileId: id,
      assertedAt: minute(1),
    })),
  });
  return shopId;
}

describe('an erased person', () => {
  it('is not revived by late facts, and nothing personal of them is kept', async () => {
    const shopId = await shopThatForgotAda();
    await arrive(shopId, {
      customers: [customerFact(7n, { email, firstName: 'Ada' })],
      tags: [{ shopifyCustomerId: 7n, added: ['vip'], removed: [], occurredAt: minute(2) }],
      checkouts: [
        checkoutFact('late', { person: guest(email, { firstName: 'Ada' }), acceptsMarketing: true }),
      ],
      orders: [orderFact(1n, { person: ada, email, phone: ada.phone })],
      refunds: [refundFact(9n, 1n)],
    });
    expect(await prisma().profile.findMany({ where: { shopId } })).toMatchObject([
      { redactedAt: minute(1), email: null, firstName: null },
    ]);
    expect(await prisma().order.findFirst({ where: { shopId } })).toMatchObject({
      profileId: null,
      shopifyCustomerId: null,
      email: null,
      phone: null,
    });
    expect(await prisma().cart.findFirst({ where: { shopId } })).toMatchObject({
      profileId: null,
      email: null,
      recoveryUrl: null,
    });
    expect(await prisma().timelineEvent.count({ where: { shopId } })).toBe(0);
    expect(await prisma().profileTraits.count({ where: { shopId } })).toBe(0);
    expect(await prisma().consent.count({ where: { shopId } })).toBe(0);
  });

  it('may come back as a new customer, and in another shop never went', async () => {
    const shopId = await shopThatForgotAda();
    const other = await createShop();
    const people = [person({ shopifyCustomerId: 8n, email })];
    const [back] = await withShop(shopId, (tx) => resolveProfiles(tx, { shopId, people, now: minute(5) }));
    const [elsewhere] = await withShop(other, (tx) =>
      resolveProfiles(tx, { shopId: other, people: [ada], now: minute(5) }),
    );
    expect([back, elsewhere].every((id) => id != null)).toBe(true);
    expect(await prisma().profile.findFirst({ where: { shopId, shopifyCustomerId: 8n } })).toMatchObject({
      email,
    });
  });

  it('is not dragged back by a merge', async () => {
    const shopId = await shopThatForgotAda();
    await arrive(shopId, {
      customers: [customerFact(8n)],
      merges: [{ keptId: 8n, deletedId: 7n, occurredAt: minute(9) }],
    });
    await arrive(shopId, { customers: [customerFact(7n, { email })] });
    expect(await prisma().profile.count({ where: { shopId, redactedAt: null } })).toBe(1);
    expect(await prisma().profile.findFirst({ where: { shopId, shopifyCustomerId: 8n } })).toMatchObject({
      email: 'customer8@example.com',
    });
  });
});
