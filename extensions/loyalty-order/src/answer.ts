import { isCount, isInteger, isRecord, isText, readTier, type Tier } from '../../shared/read';

export interface OrderPoints {
  earned: { points: number; pending: number } | null; // null: not known yet
  balance: number;
  currency: string;
  tier: Tier | null;
}

/** What `GET /api/shopper/order` says: points, or that there is nothing to say here. Throws for what is not understood. */
export function parseOrderPoints(value: unknown): OrderPoints | 'nothing' {
  if (!isRecord(value)) throw new Error('order: answer not understood');
  const { status, balance, currency, earned, tier } = value;
  if (status === 'off' || status === 'guest') return 'nothing';
  if (status !== 'member' || !isInteger(balance) || !isText(currency))
    throw new Error('order: answer not understood');
  return { balance, currency, earned: readEarned(earned), tier: readTier(tier) };
}

function readEarned(value: unknown): OrderPoints['earned'] {
  if (!isRecord(value)) return null;
  const { points, pending } = value;
  return isInteger(points) && isCount(pending) ? { points, pending } : null;
}
