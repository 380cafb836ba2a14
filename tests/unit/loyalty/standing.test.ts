import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  planTellings,
  tierTag,
  wantedStanding,
  type Standing,
  type Telling,
} from '~/modules/loyalty/standings/standing';
import { refusalsByIndex } from '~/modules/loyalty/standings/standings-in-shopify.server';

const nothing: Standing = { points: null, tier: null, tag: null };
const telling = (told: Standing, wanted: Standing, rest: Partial<Telling> = {}): Telling => ({
  customerId: 1n,
  told,
  wanted,
  unsure: false,
  nextTag: null,
  strays: 0,
  tierTags: [],
  ...rest,
});

/** What Shopify has after it was told. */
function apply(before: { points: string | null; tier: string | null; tags: string[] }, one: Telling) {
  const plan = planTellings([one]);
  const after = { ...before, tags: [...before.tags] };
  for (const { key, value } of plan.set) after[key] = value;
  for (const { key } of plan.remove) after[key] = null;
  for (const { add, remove } of plan.tags) {
    after.tags = after.tags.filter((tag) => !remove.includes(tag));
    if (add !== null && !after.tags.includes(add)) after.tags.push(add);
  }
  return after;
}

describe('what Shopify is told', () => {
  it('is the difference', () => {
    const gold = { points: 120, tier: 'Gold', tag: 'Perennial tier: Gold' };
    expect(planTellings([telling(gold, gold)])).toEqual({ set: [], remove: [], tags: [] });
    expect(planTellings([telling({ ...gold, points: 100 }, gold)])).toEqual({
      set: [{ customerId: 1n, key: 'points', value: '120' }],
      remove: [],
      tags: [],
    });
    expect(planTellings([telling(gold, nothing)])).toEqual({
      set: [],
      remove: [
        { customerId: 1n, key: 'points' },
        { customerId: 1n, key: 'tier' },
      ],
      tags: [{ customerId: 1n, add: null, remove: ['Perennial tier: Gold'] }],
    });
  });

  it('ends in what is wanted, wherever a crash left it', () => {
    const standing = fc.record({
      points: fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }),
      tier: fc.option(fc.constantFrom('Gold', 'Silver', 'A, B'), { nil: null }),
    });
    const whole = standing.map(({ points, tier }) => ({ points, tier, tag: tier && tierTag(tier) }));
    fc.assert(
      fc.property(whole, whole, whole, fc.nat(3), (told, halfway, wanted, done) => {
        // Somebody was telling `halfway` and died after `done` steps.
        const tags = [told.tag, ...(done > 0 ? [halfway.tag] : [])].filter((tag) => tag !== null);
        const shopify = {
          points: String((done > 1 ? halfway : told).points),
          tier: (done > 2 ? halfway : told).tier,
          tags: [...new Set(tags)],
        };
        const after = apply(shopify, telling(told, wanted, { unsure: true, nextTag: halfway.tag }));
        expect(after).toEqual({
          points: wanted.points === null ? null : String(wanted.points),
          tier: wanted.tier,
          tags: wanted.tag === null ? [] : [wanted.tag],
        });
      }),
    );
  });

  it('follows the switches', () => {
    const truth = { points: 7, tier: 'Gold, old' };
    expect(wantedStanding(truth, { shareStandings: true, tagTiers: true })).toEqual({
      points: 7,
      tier: 'Gold, old',
      tag: 'Perennial tier: Gold old', // a comma would make two tags of it
    });
    expect(wantedStanding(truth, { shareStandings: false, tagTiers: false })).toEqual(nothing);
  });

  it('knows which of many Shopify refused', () => {
    const error = {
      message: 'Owner does not exist.',
      field: ['metafields', '2', 'ownerId'],
      elementIndex: null,
    };
    expect([...refusalsByIndex([error], 3).keys()]).toEqual([2]);
    expect([...refusalsByIndex([{ ...error, field: null, elementIndex: 1 }], 3).keys()]).toEqual([1]);
    expect([...refusalsByIndex([{ ...error, field: ['metafields'] }], 3).keys()]).toEqual([0, 1, 2]);
  });
});
