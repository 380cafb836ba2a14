import { describe, expect, it } from 'vitest';
import { planToldCode, type ToldDiscount } from '~/modules/loyalty/rewards/told-code';

const now = new Date('2026-05-10T00:00:00Z');
const day = (count: number): Date => new Date(now.getTime() + count * 24 * 60 * 60 * 1_000);
const stored = { state: 'confirmed', startsAt: null, expiresAt: day(9), settledAt: null } as const;
const told = (
  state: ToldDiscount['state'],
  endsAt: Date | null,
  used = false,
  startsAt: Date | null = day(-9),
) => ({ state, used, startsAt, endsAt });

describe('what follows from what Shopify says of an issued code', () => {
  it.each([
    ['shortened', told('open', day(2)), { kind: 'keep', startsAt: null, expiresAt: day(2), lookAt: day(3) }],
    [
      'switched off',
      told('ended', day(-0.5)),
      { kind: 'keep', startsAt: null, expiresAt: day(-0.5), lookAt: day(0.5) },
    ],
    ['switched off a day ago', told('ended', day(-1)), { kind: 'return' }],
    [
      'ended, and used',
      told('ended', day(-1), true),
      { kind: 'keep', startsAt: null, expiresAt: day(-1), lookAt: null },
    ],
    [
      'moved to begin later',
      told('open', day(5), false, day(2)),
      { kind: 'keep', startsAt: day(2), expiresAt: day(5), lookAt: day(6) },
    ],
    ['without an end', told('open', null), { kind: 'keep', startsAt: null, expiresAt: null, lookAt: null }],
    ['gone', told('gone', null), { kind: 'return' }],
    [
      'a word we do not know',
      told('unclear', null),
      { kind: 'keep', startsAt: null, expiresAt: day(9), lookAt: day(10) },
    ],
    [
      'open although it ended',
      told('open', day(-3)),
      { kind: 'keep', startsAt: null, expiresAt: day(-3), lookAt: day(1) },
    ],
  ])('%s', (_what, discount, step) => {
    expect(planToldCode(stored, discount, now)).toEqual(step);
  });

  it.each([
    ['must not work', told('open', null), day(0), { kind: 'end' }],
    ['is for its order to tell', told('open', null, true), day(0), { kind: 'done', lookAt: null }],
    ['is gone', told('gone', null), day(0), { kind: 'done', lookAt: null }],
    ['is looked at a day later', told('ended', day(-3)), day(0), { kind: 'done', lookAt: day(1) }],
    ['a week', told('ended', day(-3)), day(-1), { kind: 'done', lookAt: day(6) }],
    ['a month', told('unclear', null), day(-7), { kind: 'done', lookAt: day(23) }],
    ['and no more', told('ended', day(-3)), day(-30), { kind: 'done', lookAt: null }],
  ])('whose points are back: it %s', (_what, discount, settledAt, step) => {
    expect(planToldCode({ ...stored, state: 'cancelled', settledAt }, discount, now)).toEqual(step);
  });
});
