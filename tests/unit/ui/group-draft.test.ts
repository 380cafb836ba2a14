import { describe, expect, it } from 'vitest';
import { decimal } from '~/platform/money';
import { emptyGroup, findGroupMistakes, newRate, toGroupDraft } from '~/ui/affiliates/group-draft';

const rule = {
  kind: 'percent' as const,
  value: decimal('10'),
  scope: 'every_order' as const,
  newCustomersOnly: false,
  holdDays: 30,
  windowDays: 30,
  groupId: 1,
  version: 3,
  effectiveFrom: new Date('2026-05-03T12:00:00Z'),
  rates: ['gift', 'mug', 'tea'].map((tag) => ({
    on: 'tags' as const,
    targets: [tag],
    kind: 'percent' as const,
    value: decimal('5'),
  })),
};

describe("a group's rates", () => {
  it('are known by a key of their own, also when one before them is taken away', () => {
    const { rates } = toGroupDraft('Standard', rule);
    const keys = [...rates, newRate(), newRate()].map(({ key }) => key);
    expect(new Set(keys).size).toBe(5);
    // The page reads its data anew after each save: what was not changed must look the same.
    expect(toGroupDraft('Standard', rule).rates).toEqual(rates);
  });

  it('are saved without it', () => {
    const rate = { ...newRate(), on: 'tags' as const, tags: 'Gift, mug', value: '2,5' };
    const found = findGroupMistakes({ ...emptyGroup, name: 'Friends', rates: [rate] });
    expect(found).toHaveProperty('terms.rates', [
      { on: 'tags', targets: ['gift', 'mug'], kind: 'percent', value: '2.5' },
    ]);
  });
});
