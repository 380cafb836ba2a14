import { describe, expect, it } from 'vitest';
import { describeEntry, type EntryOrder } from '~/modules/loyalty/describe-entry';
import type { LedgerEntry } from '~/modules/loyalty/types';

function entry(kind: LedgerEntry['kind'], points: number, about: { order?: string; reason?: string } = {}) {
  const params = { order: about.order ?? null, reason: about.reason ?? null, staff: 'staff:7' };
  const at = new Date('2026-05-01T10:00:00Z');
  return {
    transactionId: '1',
    kind,
    points,
    pending: 0,
    occurredAt: at,
    description: { key: `loyalty.ledger.${kind}` as const, params },
    orderId: about.order ? '9' : null,
    ruleVersion: 1,
  };
}

const of50 = (changes: Partial<EntryOrder> = {}): EntryOrder => ({
  earned: 50,
  cancelled: false,
  ...changes,
});
const order = '#1004';

describe('a line of history in plain terms', () => {
  it.each([
    ['order_earned', entry('earn', 50, { order }), undefined],
    ['order_half_refunded', entry('reverse', -25, { order }), of50()],
    ['order_partly_refunded', entry('reverse', -10, { order }), of50()],
    ['order_refunded', entry('reverse', -50, { order }), of50()],
    ['order_cancelled', entry('reverse', -50, { order }), of50({ cancelled: true })],
    ['order_partly_refunded', entry('reverse', -10, { order }), undefined],
    // Points are whole: half of 51 is 25 or 26.
    ['order_half_refunded', entry('reverse', -25, { order }), of50({ earned: 51 })],
    ['order_half_refunded', entry('reverse', -26, { order }), of50({ earned: 51 })],
    ['order_partly_refunded', entry('reverse', -24, { order }), of50({ earned: 51 })],
    ['order_half_refunded', { ...entry('reverse', 0, { order }), pending: -25 }, of50()],
    ['order_released', entry('release', 50, { order }), undefined],
    ['bonus', entry('earn', 100, { reason: 'Gold' }), undefined],
    ['bonus_taken_back', entry('reverse', -100, { reason: 'Gold' }), undefined],
    ['earned', entry('earn', 5), undefined],
    ['reward', entry('reserve', -500, { reason: '5 € off' }), undefined],
    ['reward_back', entry('return', 250, { reason: '5 € off' }), undefined],
    ['expired', entry('expire', -40), undefined],
    ['expired_back', entry('expire', 40), undefined],
    ['merged', entry('merge', 40), undefined],
    ['adjusted', entry('adjust', 40, { reason: 'was rude to us' }), undefined],
  ] as const)('%s', (meaning, line, its) => {
    expect(describeEntry(line, its).meaning).toBe(meaning);
  });

  it('names rewards and tiers, and keeps what staff wrote for themselves', () => {
    expect(describeEntry(entry('reserve', -500, { reason: '5 € off' }), undefined).title).toBe('5 € off');
    const told = JSON.stringify(describeEntry(entry('adjust', 40, { reason: 'was rude to us' }), undefined));
    expect(told).not.toContain('rude');
    expect(told).not.toContain('staff');
  });
});
