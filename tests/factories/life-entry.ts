import type { LifeEntry } from '~/modules/loyalty/expiry';

let number = 0n;

/** A line of a ledger: spendable points booked on a day. Each comes after the ones made before it. */
export function entry(
  kind: string,
  points: number,
  day: number,
  overrides: Partial<LifeEntry> = {},
): LifeEntry {
  number += 1n;
  return {
    transactionId: number,
    kind,
    account: 'points',
    points,
    orderId: null,
    tierId: null,
    eventId: null,
    redemptionId: null,
    day,
    since: day,
    ...overrides,
  };
}
