/** What `GET /api/shopper/points` says about this shopper and this order. Points are integers. */
export type PointsAnswer =
  | { status: 'member'; balance: number; pending: number; earns: number }
  | { status: 'guest'; earns: number }
  | { status: 'off' };

export type VisibleAnswer = Exclude<PointsAnswer, { status: 'off' }>;

/**
 * Reads an answer by hand: a schema library would weigh more than this whole extension.
 * Returns null for anything that is not exactly understood; the block then stays empty.
 */
export function parseAnswer(value: unknown): PointsAnswer | null {
  if (!isRecord(value)) return null;
  const { status, balance, pending, earns } = value;
  if (status === 'off') return { status };
  if (status === 'guest' && isCount(earns)) return { status, earns };
  // A balance may be below zero: points that were spent and whose order was refunded afterwards.
  if (status === 'member' && isInteger(balance) && isCount(pending) && isCount(earns)) {
    return { status, balance, pending, earns };
  }
  return null;
}

/** A shop without a programme, or an order that earns a guest nothing, is no reason to take room in the checkout. */
export function isWorthShowing(answer: PointsAnswer): answer is VisibleAnswer {
  return answer.status === 'member' || (answer.status === 'guest' && answer.earns > 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isCount(value: unknown): value is number {
  return isInteger(value) && value >= 0;
}
