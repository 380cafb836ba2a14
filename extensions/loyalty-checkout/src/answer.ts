import {
  isCount,
  isInteger,
  isRecord,
  isText,
  readCode,
  readList,
  readReward,
  readTier,
  type Code,
  type Reward,
  type Tier,
} from '../../shared/read';

export interface MemberAnswer {
  status: 'member';
  balance: number;
  pending: number;
  earns: number;
  isAbout: boolean; // the order may earn a little more or less
  currency: string; // of the shop; empty when not told
  tier: Tier | null;
  rewards: Reward[];
  codes: Code[];
}

/** What `GET /api/shopper/points` says about this shopper and this order. Points are integers. */
export type PointsAnswer =
  MemberAnswer | { status: 'guest'; earns: number; isAbout: boolean } | { status: 'off' };

export type VisibleAnswer = Exclude<PointsAnswer, { status: 'off' }>;

/**
 * Returns null for anything that is not exactly understood; the block then stays empty. Tier, rewards and codes are extras:
 * what is not understood of them is left out.
 */
export function parseAnswer(value: unknown): PointsAnswer | null {
  if (!isRecord(value)) return null;
  const { status, balance, pending, earns } = value;
  if (status === 'off') return { status };
  const isAbout = value['isAbout'] === true;
  if (status === 'guest' && isCount(earns)) return { status, earns, isAbout };
  // A balance may be below zero: points that were spent and whose order was refunded afterwards.
  if (status !== 'member' || !isInteger(balance) || !isCount(pending) || !isCount(earns)) return null;
  return {
    status,
    balance,
    pending,
    earns,
    isAbout,
    currency: isText(value['currency']) ? value['currency'] : '',
    tier: readTier(value['tier']),
    rewards: readList(value['rewards'], readReward),
    codes: readList(value['codes'], readCode),
  };
}

/** A shop without a programme, or an order that earns a guest nothing, is no reason to take room in the checkout. */
export function isWorthShowing(answer: PointsAnswer): answer is VisibleAnswer {
  return answer.status === 'member' || (answer.status === 'guest' && answer.earns > 0);
}
