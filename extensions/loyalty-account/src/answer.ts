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

export interface AccountReward extends Reward {
  missing: number; // points until they can have it
  usedUp: boolean;
  onlyFor: string[]; // names of tiers, when theirs is none of them
}

export interface Entry {
  id: string;
  meaning: string;
  order: string | null;
  title: string | null;
  points: number;
  pending: number;
  at: string;
}

export interface Account {
  balance: number;
  pending: number;
  pendingUntil: string | null;
  expiry: { points: number; lastDay: string } | null;
  currency: string;
  tier: Tier | null;
  rewards: AccountReward[];
  codes: Code[];
  birthday: { points: number } | null; // that telling it brings; null: there is nothing to tell
  history: Entry[];
  nextCursor: string | null;
}

/** What `GET /api/shopper/account` says: an account, or that there is no programme. Throws for what is not understood. */
export function parseAccount(value: unknown): Account | 'off' {
  if (!isRecord(value)) throw new Error('account: answer not understood');
  const { status, balance, pending, pendingUntil, currency, nextCursor } = value;
  if (status === 'off') return 'off';
  if (status !== 'member' || !isInteger(balance) || !isCount(pending) || !isText(currency))
    throw new Error('account: answer not understood');
  return {
    balance,
    pending,
    pendingUntil: isText(pendingUntil) ? pendingUntil : null,
    expiry: readExpiry(value['expiry']),
    currency,
    tier: readTier(value['tier']),
    rewards: readList(value['rewards'], readAccountReward),
    codes: readList(value['codes'], readCode),
    birthday: readBirthday(value['birthday']),
    history: readList(value['history'], readEntry),
    nextCursor: isText(nextCursor) ? nextCursor : null,
  };
}

function readExpiry(value: unknown): Account['expiry'] {
  if (!isRecord(value)) return null;
  const { points, lastDay } = value;
  return isCount(points) && isText(lastDay) ? { points, lastDay } : null;
}

function readBirthday(value: unknown): Account['birthday'] {
  return isRecord(value) && isCount(value['points']) ? { points: value['points'] } : null;
}

function readAccountReward(item: Record<string, unknown>): AccountReward | null {
  const reward = readReward(item);
  const { missing, usedUp, onlyFor } = item;
  if (!reward || !isCount(missing)) return null;
  const tiers = Array.isArray(onlyFor) ? onlyFor.filter(isText) : [];
  return { ...reward, missing, usedUp: usedUp === true, onlyFor: tiers };
}

function readEntry({
  id,
  meaning,
  order,
  title,
  points,
  pending,
  at,
}: Record<string, unknown>): Entry | null {
  if (!isText(id) || !isText(meaning) || !isText(at) || !isInteger(points) || !isInteger(pending))
    return null;
  return {
    id,
    meaning,
    order: isText(order) ? order : null,
    title: isText(title) ? title : null,
    points,
    pending,
    at,
  };
}
