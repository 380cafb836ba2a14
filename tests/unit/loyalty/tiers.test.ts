import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startOfYear, yearAt } from '~/modules/loyalty/shop-years';
import { computeTier, computeTierEntries } from '~/modules/loyalty/tiers';
import type { QualifyingAmount, TierProgramme, TierSpan } from '~/modules/loyalty/types';
import { decimal } from '~/platform/money';

const silver = { id: 1, name: 'Silver', threshold: decimal('200'), multiplier: decimal('1'), entryPoints: 0 };
const gold = { id: 2, name: 'Gold', threshold: decimal('500'), multiplier: decimal('1.5'), entryPoints: 100 };

const terms = (span: TierSpan, graceDays = 0): TierProgramme => ({
  version: 1,
  enabled: true,
  basis: 'net_spend',
  span,
  graceDays,
  effectiveFrom: new Date('2025-01-01T00:00:00Z'),
  tiers: [gold, silver], // the order they are told in does not matter
});
const bought = (day: string, amount: string): QualifyingAmount => ({
  at: new Date(`${day}T12:00:00Z`),
  amount: decimal(amount),
});
const on = (day: string) => ({ at: new Date(`${day}T12:00:00Z`), timeZone: 'Europe/Berlin' });
const nameOn = (history: QualifyingAmount[], programme: TierProgramme, day: string) =>
  computeTier(history, programme, on(day)).tier?.name ?? null;

describe('computeTier', () => {
  it('is nowhere before the first order, and where nothing is reached', () => {
    expect(computeTier([], terms('lifetime'), on('2026-05-01'))).toMatchObject({
      tier: null,
      since: null,
      until: null,
      changesAt: null,
    });
    const below = computeTier([bought('2026-04-01', '199.99')], terms('rolling_year'), on('2026-05-01'));
    expect(below).toMatchObject({ tier: null, since: null });
    expect(below.figure.toString()).toBe('199.99');
  });

  it('rolling 12 months: an order counts until the same moment a year later', () => {
    const history = [bought('2026-02-01', '150'), bought('2026-06-01', '50')];
    const programme = terms('rolling_year');
    expect(nameOn(history, programme, '2026-05-31')).toBeNull();
    expect(nameOn(history, programme, '2026-06-01')).toBe('Silver');
    const standing = computeTier(history, programme, on('2026-07-01'));
    expect(standing).toMatchObject({
      since: new Date('2026-06-01T12:00:00Z'),
      until: new Date('2027-02-01T12:00:00Z'),
      changesAt: new Date('2027-02-01T12:00:00Z'),
      inGrace: false,
    });
    expect(nameOn(history, programme, '2027-01-31')).toBe('Silver');
    expect(nameOn(history, programme, '2027-02-01')).toBeNull();
  });

  it('a grace keeps the tier that many days, and each tier has its own', () => {
    const history = [bought('2026-02-01', '300'), bought('2026-02-11', '200')];
    const programme = terms('rolling_year', 30);
    expect(nameOn(history, programme, '2027-02-01')).toBe('Gold'); // Silver by the figure
    expect(computeTier(history, programme, on('2027-02-05'))).toMatchObject({
      inGrace: true,
      until: new Date('2027-03-03T12:00:00Z'),
    });
    expect(nameOn(history, programme, '2027-03-03')).toBe('Silver');
    expect(nameOn(history, programme, '2027-03-12')).toBe('Silver');
    expect(nameOn(history, programme, '2027-03-13')).toBeNull();
  });

  it('buying again within the grace ends it', () => {
    const history = [bought('2026-02-01', '500'), bought('2027-02-10', '500')];
    const standing = computeTier(history, terms('rolling_year', 30), on('2027-02-20'));
    expect(standing).toMatchObject({
      inGrace: false,
      since: new Date('2026-02-01T12:00:00Z'),
      until: new Date('2028-03-11T12:00:00Z'), // 30 days after 10 February 2028
    });
  });

  it('calendar year: what a year reaches holds for its rest and the whole next one', () => {
    const history = [bought('2026-11-20', '600'), bought('2027-03-01', '250')];
    const programme = terms('calendar_year');
    expect(nameOn(history, programme, '2026-11-19')).toBeNull();
    expect(nameOn(history, programme, '2026-11-21')).toBe('Gold');
    const standing = computeTier(history, programme, on('2027-06-01'));
    expect(standing.tier?.name).toBe('Gold');
    expect(standing.figure.toString()).toBe('250'); // of this year
    expect(standing.until).toEqual(new Date('2027-12-31T23:00:00Z')); // midnight in Berlin
    expect(nameOn(history, programme, '2028-01-02')).toBe('Silver'); // by what 2027 brought
    expect(nameOn(history, programme, '2029-01-02')).toBeNull();
  });

  it('calendar year: the shop’s time zone says which year it is', () => {
    const newYear = { at: new Date('2026-12-31T23:30:00Z'), amount: decimal('500') }; // 2027 in Berlin
    const at = new Date('2028-12-31T12:00:00Z');
    const standing = (timeZone: string) =>
      computeTier([newYear], terms('calendar_year'), { at, timeZone }).tier?.name ?? null;
    expect(standing('Europe/Berlin')).toBe('Gold');
    expect(standing('America/New_York')).toBeNull();
  });

  it('lifetime: never falls', () => {
    const standing = computeTier([bought('2020-01-01', '500')], terms('lifetime'), on('2040-01-01'));
    expect(standing).toMatchObject({ until: null, changesAt: null });
    expect(standing.tier?.name).toBe('Gold');
  });

  it('while the programme is off nobody has a tier', () => {
    const off = { ...terms('lifetime'), enabled: false };
    expect(nameOn([bought('2026-01-01', '500')], off, '2026-05-01')).toBeNull();
  });
});

describe('computeTierEntries', () => {
  it('tells each tier reached, also one that was jumped over, and again after a fall', () => {
    const history = [bought('2026-02-01', '500'), bought('2027-06-01', '200')];
    const until = new Date('2028-01-01T00:00:00Z');
    const entries = computeTierEntries(history, terms('rolling_year'), { until, timeZone: 'UTC' });
    expect(entries.map(({ tier, at }) => [tier.name, at.toISOString().slice(0, 10)])).toEqual([
      ['Silver', '2026-02-01'],
      ['Gold', '2026-02-01'],
      ['Silver', '2027-06-01'],
    ]);
  });
});

describe('years of a shop', () => {
  it('begin at midnight on the wall, also where the clock is odd', () => {
    expect(startOfYear(2027, 'Europe/Berlin')).toEqual(new Date('2026-12-31T23:00:00Z'));
    expect(startOfYear(2027, 'America/New_York')).toEqual(new Date('2027-01-01T05:00:00Z'));
    expect(startOfYear(2027, 'Asia/Kathmandu')).toEqual(new Date('2026-12-31T18:15:00Z'));
    expect(startOfYear(2027, 'Nowhere/Land')).toEqual(new Date('2027-01-01T00:00:00Z'));
    expect(yearAt(new Date('2026-12-31T23:30:00Z'), 'Europe/Berlin')).toBe(2027);
  });
});

describe('properties', () => {
  const day = 24 * 3_600_000;
  const origin = Date.UTC(2025, 0, 1);
  const historyArb = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 900 }).map((n) => new Date(origin + n * day)),
      amount: fc.integer({ min: 0, max: 60_000 }).map((cents) => decimal((cents / 100).toFixed(2))),
    }),
    { maxLength: 12 },
  );
  const programmeArb = fc
    .record({
      span: fc.constantFrom('rolling_year' as const, 'calendar_year' as const, 'lifetime' as const),
      graceDays: fc.integer({ min: 0, max: 60 }),
    })
    .map(({ span, graceDays }) => terms(span, graceDays));
  const momentArb = fc.integer({ min: 0, max: 1_800 }).map((n) => new Date(origin + n * day + 3_600_000));
  const timeZone = 'Europe/Berlin';
  const rank = (standing: ReturnType<typeof computeTier>) => standing.tier?.threshold.toNumber() ?? 0;

  it('the order in which a history is told does not matter', () => {
    fc.assert(
      fc.property(historyArb, programmeArb, momentArb, (history, programme, at) => {
        const told = computeTier(history, programme, { at, timeZone });
        expect(computeTier(history.toReversed(), programme, { at, timeZone })).toEqual(told);
      }),
    );
  });

  it('buying more never lowers a tier, and a longer grace never does', () => {
    fc.assert(
      fc.property(historyArb, historyArb, programmeArb, momentArb, (history, more, programme, at) => {
        const alone = rank(computeTier(history, programme, { at, timeZone }));
        expect(rank(computeTier([...history, ...more], programme, { at, timeZone }))).toBeGreaterThanOrEqual(
          alone,
        );
        const patient = { ...programme, graceDays: programme.graceDays + 10 };
        expect(rank(computeTier(history, patient, { at, timeZone }))).toBeGreaterThanOrEqual(alone);
      }),
    );
  });

  it('nothing changes before it is said to change, and a tier is kept until it is said to be lost', () => {
    fc.assert(
      fc.property(historyArb, programmeArb, momentArb, (history, programme, at) => {
        const past = history.filter((each) => each.at <= at);
        const now = computeTier(past, programme, { at, timeZone });
        if (now.changesAt) {
          const before = new Date(now.changesAt.getTime() - 1);
          expect({ ...computeTier(past, programme, { at: before, timeZone }) }).toEqual(now);
        }
        const last = now.until ? new Date(now.until.getTime() - 1) : new Date(at.getTime() + 3_000 * day);
        if (now.tier)
          expect(rank(computeTier(past, programme, { at: last, timeZone }))).toBeGreaterThanOrEqual(
            rank(now),
          );
        if (now.until)
          expect(rank(computeTier(past, programme, { at: now.until, timeZone }))).toBeLessThan(rank(now));
      }),
    );
  });

  it('without a grace, rolling is what a plain sum over the last 12 months gives', () => {
    fc.assert(
      fc.property(historyArb, momentArb, (history, at) => {
        const from = new Date(at);
        from.setUTCFullYear(from.getUTCFullYear() - 1);
        const sum = history
          .filter((each) => each.at <= at && each.at > from)
          .reduce((total, { amount }) => total.plus(amount), decimal('0'));
        const standing = computeTier(history, terms('rolling_year'), { at, timeZone });
        expect(standing.figure.toString()).toBe(sum.toString());
        expect(rank(standing)).toBe(
          sum.greaterThanOrEqualTo(500) ? 500 : sum.greaterThanOrEqualTo(200) ? 200 : 0,
        );
      }),
    );
  });
});
