import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withShop } from '~/platform/db/index.server';
import { consentDecided } from '~/processes/consent-decided.server';
import { createProfile, createTwoShops, worldNow } from '../../factories/insights-world';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

let here = 0;
let there = 0;
let ada = 0n;
let people = 0;

const later = (minutes: number) => new Date(worldNow.getTime() + minutes * 60_000);
const decide = (shopId: number, state: 'subscribed' | 'unsubscribed', key: string, now = worldNow) =>
  withShop(shopId, (tx) => consentDecided(tx, { shopId, profileId: ada, state, staff: 'staff:7', key, now }));

const known = (shopId: number) =>
  withShop(shopId, async (tx) => ({
    state: (await tx.consent.findFirst({ where: { profileId: ada } }))?.state,
    evidence: (await tx.consentEvent.findMany({ where: { profileId: ada } })).map((event) => event.evidence),
    owed: await tx.consentPush.count({ where: { profileId: ada } }),
    timeline: await tx.timelineEvent.count({ where: { profileId: ada, kind: 'consent_changed' } }),
    listed: (await tx.profileTraits.findFirst({ where: { profileId: ada } }))?.emailState,
  }));

beforeAll(async () => {
  ({ here, there } = await createTwoShops());
});

beforeEach(async () => {
  people += 1;
  ada = await createProfile(here, { firstName: 'Ada', email: `ada${people}@here.example` });
  const shopifyCustomerId = BigInt(people); // only people Shopify knows are owed to it
  await withShop(here, (tx) => tx.profile.updateMany({ where: { id: ada }, data: { shopifyCustomerId } }));
});

describe('a decision passed on by staff', () => {
  it('is known everywhere, with who said so', async () => {
    await decide(here, 'subscribed', 'form-1');
    expect(await known(here)).toEqual({
      state: 'subscribed',
      evidence: [{ staff: 'staff:7' }],
      owed: 1,
      timeline: 1,
      listed: 'subscribed',
    });
  });

  it('counts once, however often the form arrives', async () => {
    await decide(here, 'subscribed', `form-${people}`);
    await decide(here, 'subscribed', `form-${people}`);
    await Promise.all(Array.from({ length: 5 }, () => decide(here, 'subscribed', `form-${people}`)));
    expect(await known(here)).toMatchObject({ state: 'subscribed', owed: 1, timeline: 1 });
  });

  it('can be taken back', async () => {
    await decide(here, 'subscribed', `on-${people}`);
    await decide(here, 'unsubscribed', `off-${people}`, later(1));
    await decide(here, 'subscribed', `again-${people}`, later(2));
    expect(await known(here)).toMatchObject({ state: 'subscribed', timeline: 3, listed: 'subscribed' });
  });

  it('ends the flows of who unsubscribes', async () => {
    await decide(here, 'subscribed', `on-${people}`);
    await withShop(here, async (tx) => {
      await tx.flow.upsert({
        where: { shopId_key: { shopId: here, key: 'win_back' } },
        create: { shopId: here, key: 'win_back', enabled: true, version: 1, updatedAt: worldNow },
        update: {},
      });
      await tx.flowVersion.upsert({
        where: { shopId_flowKey_version: { shopId: here, flowKey: 'win_back', version: 1 } },
        create: {
          shopId: here,
          flowKey: 'win_back',
          version: 1,
          definition: { exits: ['unsubscribed'] },
          createdAt: worldNow,
        },
        update: {},
      });
      const run = {
        shopId: here,
        flowKey: 'win_back',
        version: 1,
        profileId: ada,
        runKey: 'r',
        nodeKey: 'hello',
      };
      await tx.flowRun.create({
        data: { ...run, state: 'waiting', nodeSince: worldNow, enteredAt: worldNow, dueAt: later(60) },
      });
    });
    await decide(here, 'unsubscribed', `off-${people}`, later(1));
    const run = await withShop(here, (tx) => tx.flowRun.findFirst({ where: { profileId: ada } }));
    expect(run).toMatchObject({ state: 'exited', exitReason: 'unsubscribed' });
  });

  it('reaches nobody of another shop', async () => {
    await decide(there, 'subscribed', `foreign-${people}`).catch(() => undefined);
    expect(await known(here)).toMatchObject({ evidence: [], owed: 0, timeline: 0, listed: 'not_subscribed' });
  });
});
