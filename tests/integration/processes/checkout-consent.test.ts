import { describe, expect, it } from 'vitest';
import { getConsent, subscribe, unsubscribe } from '~/modules/consent/index.server';
import type { ConsentFact, ConsentState } from '~/modules/consent/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { checkoutFact, customerFact, guest, minute } from '../../factories/facts';
import { arrive, createShop, type Facts } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const email = 'ada@example.com';

/** A guest's checkout, begun at `began`, as it was at `updated`. */
function box(
  ticked: boolean,
  updated: number,
  options: { token?: string; began?: number; email?: string } = {},
) {
  const { token = 'one', began = 10 } = options;
  const fact = checkoutFact(token, {
    person: guest(options.email ?? email, { seenAt: minute(updated) }),
    acceptsMarketing: ticked,
    createdAt: minute(began),
    updatedAt: minute(updated),
  });
  return { checkouts: [fact] };
}

function shopify(state: ConsentState, at: number): Facts {
  const key = `shopify:${state}:${at}`;
  const fact: ConsentFact = {
    shopifyCustomerId: null,
    email,
    state,
    level: null,
    source: 'shopify',
    occurredAt: minute(at),
    key,
  };
  return { consents: [fact] };
}

async function profileOf(shopId: number, address = email): Promise<bigint> {
  const where = { shopId, email: address, mergedIntoId: null };
  const { id } = await prisma().profile.findFirstOrThrow({ where });
  return id;
}

async function consentOf(shopId: number, address = email) {
  const profileId = await profileOf(shopId, address);
  const { state, source, consentedAt } = await withShop(shopId, (tx) =>
    getConsent(tx, { shopId, profileId }),
  );
  const { emailState } = await prisma().profileTraits.findFirstOrThrow({ where: { shopId, profileId } });
  expect(emailState).toBe(state);
  return { state, source, consentedAt };
}

/** What holds after several orders of arrival, one of them with everything twice: `records-convergence` has the rest. */
async function inEachOrder(facts: Facts[], address?: string) {
  const ends = [];
  const rotated = [...facts.slice(1), ...facts.slice(0, 1)];
  for (const order of [facts, [...facts].reverse(), rotated, [...facts, ...facts]]) {
    const shopId = await createShop();
    for (const each of order) await arrive(shopId, each);
    ends.push(await consentOf(shopId, address));
  }
  for (const end of ends) expect(end).toEqual(ends[0]);
  return ends[0];
}

const never = { state: 'not_subscribed', source: null, consentedAt: null };

describe('a box ticked in a checkout, and unticked', () => {
  it('leaves nobody subscribed who was not before, and counts when it is ticked again', async () => {
    expect(await inEachOrder([box(true, 10), box(false, 12)])).toEqual(never);
    expect(await inEachOrder([box(true, 10), box(false, 12), box(true, 13)])).toMatchObject({
      state: 'subscribed',
      consentedAt: minute(10),
    });
  });

  it('keeps what was decided elsewhere: before it, since, and in another checkout', async () => {
    const back = [box(true, 10), box(false, 12)];
    expect(await inEachOrder([shopify('subscribed', 5), ...back])).toMatchObject({
      state: 'subscribed',
      source: 'shopify',
      consentedAt: minute(5),
    });
    expect(await inEachOrder([shopify('unsubscribed', 5), ...back])).toMatchObject({
      state: 'unsubscribed',
      consentedAt: minute(5),
    });
    expect(await inEachOrder([shopify('subscribed', 20), ...back])).toMatchObject({
      state: 'subscribed',
      consentedAt: minute(20),
    });
    const other = box(true, 8, { token: 'two', began: 8 });
    expect(await inEachOrder([other, ...back])).toMatchObject({
      state: 'subscribed',
      consentedAt: minute(8),
    });
  });

  it('keeps who subscribed with us while it was ticked', async () => {
    const shopId = await createShop();
    await arrive(shopId, box(true, 10));
    const decision = {
      shopId,
      profileId: await profileOf(shopId),
      source: 'merchant' as const,
      key: 'card',
      evidence: {},
      now: minute(11),
    };
    const join = () => withShop(shopId, (tx) => subscribe(tx, decision));
    expect([await join(), await join()]).toEqual([{ changed: true }, { changed: false }]);
    await arrive(shopId, box(false, 12));
    expect(await consentOf(shopId)).toMatchObject({ state: 'subscribed', source: 'merchant' });
  });

  it('is taken back for the address it was ticked with, when that is corrected', async () => {
    const facts = [box(true, 10, { email: 'adda@example.com' }), box(true, 11)];
    expect(await inEachOrder(facts, 'adda@example.com')).toEqual(never);
    expect(await inEachOrder(facts)).toMatchObject({ state: 'subscribed', consentedAt: minute(10) });
    expect(await inEachOrder([...facts, box(false, 12)])).toEqual(never);
  });

  it('is taken back from whom the guest turned out to be, and what they decided with us is owed to Shopify', async () => {
    const shopId = await createShop();
    await arrive(shopId, { customers: [customerFact(7n, { email })] });
    await arrive(shopId, box(true, 10));
    const profileId = await profileOf(shopId);
    await prisma().consentEvent.create({
      data: {
        shopId,
        profileId,
        channel: 'email',
        state: 'unsubscribed',
        source: 'one_click',
        key: 'link:1',
        occurredAt: minute(9),
      },
    });
    await arrive(shopId, box(false, 12));
    await arrive(shopId, box(false, 13));
    expect(await consentOf(shopId)).toMatchObject({ state: 'unsubscribed', source: 'one_click' });
    const owed = await prisma().consentPush.findMany({ where: { shopId } });
    expect(owed).toMatchObject([{ profileId, state: 'unsubscribed', occurredAt: minute(9) }]);
  });

  it('stays in the evidence, with when it was taken back, and never reaches another shop', async () => {
    const [shopId, other] = [await createShop(), await createShop()];
    for (const each of [shopId, other]) await arrive(each, box(true, 10));
    await Promise.all([1, 2, 3].map(() => arrive(shopId, box(false, 12))));
    const events = await prisma().consentEvent.findMany({ where: { shopId } });
    expect(events).toMatchObject([{ state: 'subscribed', source: 'checkout', withdrawnAt: minute(12) }]);
    expect(await consentOf(other)).toMatchObject({ state: 'subscribed' });
    const leave = { source: 'one_click' as const, key: 'link:2', evidence: {}, now: minute(14) };
    await withShop(shopId, async (tx) => {
      await unsubscribe(tx, { shopId, profileId: await profileOf(shopId), ...leave });
    });
    await arrive(shopId, box(true, 15));
    const { state } = await withShop(shopId, async (tx) =>
      getConsent(tx, { shopId, profileId: await profileOf(shopId) }),
    );
    expect(state).toBe('unsubscribed');
  });
});
