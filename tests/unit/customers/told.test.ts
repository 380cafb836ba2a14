import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currentTags, currentValue, tellFact, tellHint, tellTags, type Told } from '~/modules/customers/told';
import { customerFact, minute, person } from '../../factories/facts';

const time = fc.integer({ min: 0, max: 5 }).map(minute);
const name = fc.constantFrom('Ada', 'Eve', null);
const tag = fc.constantFrom('vip', 'garden');

type Telling = (told: Told) => Told;

const telling: fc.Arbitrary<Telling> = fc.oneof(
  fc
    .record({
      firstName: name,
      updatedAt: time,
      tags: fc.constantFrom<string[] | undefined>(undefined, ['vip'], []),
      locale: fc.constantFrom<string | null | undefined>(undefined, 'de', null),
      deleted: fc.boolean(),
    })
    .map((fact) => (told: Told) => tellFact(told, customerFact(1n, fact))),
  fc
    .record({ firstName: name, locale: name, seenAt: time })
    .map((ref) => (told: Told) => tellHint(told, person(ref))),
  fc.record({ added: fc.subarray(['vip', 'garden']), removed: tag, occurredAt: time }).map(
    ({ added, removed, occurredAt }) =>
      (told: Told) =>
        tellTags(told, { shopifyCustomerId: 1n, added, removed: [removed], occurredAt }),
  ),
);

const tell = (tellings: Telling[]): Told => tellings.reduce<Told>((told, each) => each(told), {});

describe('what was told', () => {
  it('does not depend on the order or on repetitions', () => {
    const shuffled = fc
      .array(telling, { maxLength: 8 })
      .chain((tellings) =>
        fc.tuple(
          fc.constant(tellings),
          fc.shuffledSubarray([...tellings, ...tellings], { minLength: tellings.length * 2 }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([calm, wild]) => {
        expect(tell(wild)).toEqual(tell(calm));
      }),
    );
  });

  it('gives the very same object when there was nothing new in it', () => {
    const told = tell([
      (known) => tellFact(known, customerFact(1n, { updatedAt: minute(5), tags: ['vip'], locale: 'de' })),
      (known) =>
        tellTags(known, { shopifyCustomerId: 1n, added: ['garden'], removed: [], occurredAt: minute(6) }),
    ]);
    expect(tellFact(told, customerFact(1n, { updatedAt: minute(5), tags: ['vip'], locale: 'de' }))).toBe(
      told,
    );
    expect(tellFact(told, customerFact(1n, { updatedAt: minute(1), firstName: 'Old' }))).toBe(told);
    expect(tellHint(told, person({ firstName: 'Passing', seenAt: minute(9) }))).toBe(told);
    expect(
      tellTags(told, { shopifyCustomerId: 1n, added: ['garden'], removed: [], occurredAt: minute(6) }),
    ).toBe(told);
  });

  it('shows what Shopify told, "none" included, and hints only where Shopify said nothing', () => {
    const hinted = tellHint({}, person({ firstName: 'Passing', locale: 'de', seenAt: minute(9) }));
    const told = tellFact(hinted, customerFact(1n, { firstName: null }));
    expect(currentValue('firstName', told, [told])).toBeNull();
    expect(currentValue('locale', told, [told])).toBe('de');
    expect(currentValue('firstName', undefined, [hinted])).toBe('Passing');
  });

  it('applies single tags after the newest whole list only', () => {
    const told = tell([
      (known) =>
        tellTags(known, { shopifyCustomerId: 1n, added: ['late'], removed: ['a'], occurredAt: minute(7) }),
      (known) =>
        tellTags(known, { shopifyCustomerId: 1n, added: ['early'], removed: [], occurredAt: minute(3) }),
      (known) => tellFact(known, customerFact(1n, { tags: ['a', 'b'], updatedAt: minute(5) })),
    ]);
    expect(currentTags(told)).toEqual(['b', 'late']);
  });
});
