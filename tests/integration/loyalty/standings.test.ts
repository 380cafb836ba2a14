import { afterEach, describe, expect, it } from 'vitest';
import {
  adjustPoints,
  applyTiers,
  listShopsOwingStandings,
  updateStandingSwitches,
} from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { customerRedacted } from '~/processes/customer-redacted.server';
import { customersMerged } from '~/processes/customers-merged.server';
import { standingsTold } from '~/processes/standings-told.server';
import { anOrder, aProfile, aShop } from '../../factories/loyalty';
import { FakeStandingPlace } from '../../factories/standings';
import { aTier } from '../../factories/tiers';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const hour = 3_600_000;
let customer = 8_100_000_000_000n;

async function aMember(shopId: number, points: number) {
  customer += 1n;
  const profileId = await aProfile(shopId, { shopifyCustomerId: customer });
  await give(shopId, profileId, points);
  return { profileId, customerId: customer };
}

let keys = 0;
const give = (shopId: number, profileId: bigint, points: number) =>
  withShop(shopId, (tx) =>
    adjustPoints(tx, {
      shopId,
      profileId,
      points,
      reason: 'test',
      staff: 'staff:1',
      key: `k${(keys += 1)}`,
      now: clock.now(),
    }),
  );

const computeTiers = (shopId: number, profileIds: bigint[]) =>
  withShop(shopId, (tx) => applyTiers(tx, { shopId, profileIds, now: clock.now() }));
const switches = (shopId: number, shareStandings: boolean, tagTiers: boolean) =>
  withShop(shopId, (tx) =>
    updateStandingSwitches(tx, { shopId, shareStandings, tagTiers, now: clock.now() }),
  );
/** A shop that tags tiers, with somebody in Gold. */
async function aGoldMember() {
  const shop = await aShop();
  await aTier(shop.id);
  await switches(shop.id, true, true);
  const member = await aMember(shop.id, 1);
  await anOrder(shop.id, { profileId: member.profileId, goods: '60' });
  await computeTiers(shop.id, [member.profileId]);
  return { shop, ...member };
}

const owing = () => listShopsOwingStandings(prisma(), { now: clock.now() });

let offset = 0;
/** Later, as pauses and leases see it. */
const later = (ms: number) => clock.moveTo((offset += ms));
afterEach(() => clock.moveTo((offset = 0)));

describe('Shopify is told where customers stand', () => {
  it('what changed, once; and then nothing is left to say', async () => {
    const shop = await aShop();
    await aTier(shop.id);
    await switches(shop.id, true, true);
    const anna = await aMember(shop.id, 120);
    const ben = await aMember(shop.id, 5);
    await anOrder(shop.id, { profileId: anna.profileId, goods: '60' });
    await computeTiers(shop.id, [anna.profileId, ben.profileId]);
    expect(await owing()).toContain(shop.id);

    const place = new FakeStandingPlace();
    await standingsTold(shop.id, place);
    expect(place.of(anna.customerId)).toEqual({
      points: '120',
      tier: 'Gold',
      tags: ['Perennial tier: Gold'],
    });
    expect(place.of(ben.customerId)).toEqual({ points: '5', tier: null, tags: [] });
    expect(place.calls).toEqual(['define', 'set', 'tag']);
    expect(await owing()).not.toContain(shop.id);

    await give(shop.id, ben.profileId, 3);
    await computeTiers(shop.id, [anna.profileId]); // stands where she stood
    await standingsTold(shop.id, place);
    await standingsTold(shop.id, place);
    expect(place.of(ben.customerId).points).toBe('8');
    expect(place.calls).toEqual(['define', 'set', 'tag', 'set']);
  });

  it('25 fields a request, by several at once, and each of them once', async () => {
    const shop = await aShop();
    const members = [];
    for (let index = 1; index <= 30; index += 1) members.push(await aMember(shop.id, index));
    const place = new FakeStandingPlace();
    await Promise.all([1, 2, 3].map(() => standingsTold(shop.id, place)));
    members.forEach(({ customerId }, index) => {
      expect(place.of(customerId).points).toBe(String(index + 1));
    });
    expect(place.largest).toBeLessThanOrEqual(25);
    expect(place.calls.filter((call) => call === 'set').length).toBeLessThanOrEqual(3);
    expect(await owing()).not.toContain(shop.id);
  });

  it('a customer who is gone keeps nobody from being told, and is given up', async () => {
    const shop = await aShop();
    const gone = await aMember(shop.id, 10);
    const here = await aMember(shop.id, 20);
    const place = new FakeStandingPlace();
    place.gone.add(gone.customerId);
    await standingsTold(shop.id, place);
    expect(place.of(here.customerId).points).toBe('20');
    for (let attempt = 0; attempt < 8; attempt += 1) {
      later(20 * hour);
      await standingsTold(shop.id, place);
    }
    const told = await prisma().toldStanding.findFirstOrThrow({ where: { customerId: gone.customerId } });
    expect(told).toMatchObject({ attempts: 6, dueAt: null, error: 'Owner does not exist.', points: null });
    expect(await owing()).not.toContain(shop.id);

    place.gone.clear(); // and tried again when they move
    await give(shop.id, gone.profileId, 1);
    await standingsTold(shop.id, place);
    expect(place.of(gone.customerId).points).toBe('11');
  });

  it('an answer that is lost is asked for again, and a tag that changed meanwhile goes', async () => {
    const { shop, profileId, customerId } = await aGoldMember();
    const place = new FakeStandingPlace();
    place.silentFrom = 3; // the tag is there, and nobody heard
    await expect(standingsTold(shop.id, place)).rejects.toThrow('silence');
    expect(place.of(customerId).tags).toEqual(['Perennial tier: Gold']);

    place.silentFrom = Infinity;
    await aTier(shop.id, 'Platinum');
    await computeTiers(shop.id, [profileId]);
    later(hour);
    await standingsTold(shop.id, place);
    expect(place.of(customerId)).toEqual({
      points: '1',
      tier: 'Platinum',
      tags: ['Perennial tier: Platinum'],
    });
  });

  it('who moves while somebody tells is told of once more', async () => {
    const shop = await aShop();
    const { profileId, customerId } = await aMember(shop.id, 1);
    const place = new FakeStandingPlace();
    const tell = place.setFields;
    place.setFields = async (values) => {
      place.setFields = tell;
      await give(shop.id, profileId, 10);
      await standingsTold(shop.id, place); // another worker: the customer is taken
      return tell(values);
    };
    await standingsTold(shop.id, place);
    await standingsTold(shop.id, place);
    expect(place.of(customerId).points).toBe('11');
  });

  it('what the merchant does not want any more is taken back', async () => {
    const { shop, customerId } = await aGoldMember();
    const place = new FakeStandingPlace();
    await standingsTold(shop.id, place);
    await switches(shop.id, true, false);
    await standingsTold(shop.id, place);
    expect(place.of(customerId)).toEqual({ points: '1', tier: 'Gold', tags: [] });
    await switches(shop.id, false, false);
    await switches(shop.id, false, false);
    await standingsTold(shop.id, place);
    expect(place.of(customerId)).toEqual({ points: null, tier: null, tags: [] });
  });

  it('who was erased leaves nothing to tell and nothing that was told', async () => {
    const shop = await aShop();
    const { profileId, customerId } = await aMember(shop.id, 1);
    await standingsTold(shop.id, new FakeStandingPlace());
    await give(shop.id, profileId, 1);
    const subject = { shopifyCustomerId: customerId, email: null, phone: null };
    const fact = { key: 'r', subject, orderIds: [], requestedAt: clock.now() };
    await withShop(shop.id, (tx) =>
      customerRedacted(tx, { shopId: shop.id, facts: [fact], now: clock.now() }),
    );
    const place = new FakeStandingPlace();
    await standingsTold(shop.id, place);
    expect(place.calls).toEqual([]);
    expect(await prisma().toldStanding.count({ where: { shopId: shop.id } })).toBe(0);
    expect(await owing()).not.toContain(shop.id);
  });

  it('two who turn out to be one share what they have, both ways', async () => {
    for (const keepsFirst of [true, false]) {
      const shop = await aShop();
      const first = await aMember(shop.id, 10);
      const second = await aMember(shop.id, 5);
      const place = new FakeStandingPlace();
      await standingsTold(shop.id, place);
      const [kept, deleted] = keepsFirst ? [first, second] : [second, first];
      const fact = { keptId: kept.customerId, deletedId: deleted.customerId, occurredAt: clock.now() };
      await withShop(shop.id, (tx) =>
        customersMerged(tx, { shopId: shop.id, facts: [fact], now: clock.now(), historic: false }),
      );
      await standingsTold(shop.id, place);
      expect(place.of(kept.customerId).points).toBe('15');
    }
  });

  it('after a merge in Shopify the tag of the other tier goes, whatever came in between', async () => {
    const { shop, profileId, customerId } = await aGoldMember();
    const other = await aMember(shop.id, 1);
    const place = new FakeStandingPlace();
    await standingsTold(shop.id, place);
    await aTier(shop.id, 'Platinum');
    await computeTiers(shop.id, [profileId]);
    await standingsTold(shop.id, place); // the one who stays is in Platinum
    await prisma().toldStanding.updateMany({
      where: { customerId: other.customerId },
      data: { tag: 'Perennial tier: Gold' },
    });
    const merge = () => {
      const fact = { keptId: customerId, deletedId: other.customerId, occurredAt: clock.now() };
      return withShop(shop.id, (tx) =>
        customersMerged(tx, { shopId: shop.id, facts: [fact], now: clock.now(), historic: false }),
      );
    };
    place.tags.get(customerId)?.add('Perennial tier: Gold').add('vip'); // Shopify puts the tags of both together
    const set = place.setFields;
    place.setFields = async (values) => {
      await merge(); // while somebody tells
      place.setFields = set;
      return set(values);
    };
    await give(shop.id, profileId, 1);
    await standingsTold(shop.id, place);
    place.silentFrom = place.calls.length + 1;
    await expect(standingsTold(shop.id, place)).rejects.toThrow('silence');
    place.silentFrom = Infinity;
    later(hour);
    await standingsTold(shop.id, place);
    expect(place.of(customerId).tags).toEqual(['Perennial tier: Platinum', 'vip']);
    const { length } = place.calls;
    await standingsTold(shop.id, place);
    expect(place.calls).toHaveLength(length);
  });

  it('of one shop only, and nothing of a shop that left', async () => {
    const shop = await aShop();
    const other = await aShop();
    const mine = await aMember(shop.id, 3);
    const theirs = await aMember(other.id, 4);
    const place = new FakeStandingPlace();
    await standingsTold(shop.id, place);
    expect(place.of(mine.customerId).points).toBe('3');
    expect(place.of(theirs.customerId).points).toBeNull();
    await prisma().shop.update({ where: { id: other.id }, data: { status: 'uninstalled' } });
    await standingsTold(other.id, place);
    expect(place.of(theirs.customerId).points).toBeNull();
    expect(await owing()).not.toContain(other.id);
  });
});
