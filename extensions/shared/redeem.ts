import { post } from './ask';
import { isRecord, isText } from './read';

/** What somebody has for their points: a code, a gift card's code, or (code null) store credit in their account. */
export interface Got {
  kind: string;
  code: string | null;
  title: string;
}

/** What became of choosing a reward. `refused` says why in a word; the points are as they were. */
export type Outcome =
  ({ status: 'ready' } & Got) | { status: 'preparing' } | { status: 'refused'; reason: string };

/** `points` only where the reward lets the shopper choose. */
export interface Command {
  rewardId: string;
  key: string;
  points?: number;
}

const deadlineMs = 25_000; // the server asks Shopify for the code meanwhile

/**
 * Asks our server for a reward. Rejects when it is not known what became of it: ask again with the same `key`, and no
 * points are spent twice.
 */
export async function redeem(token: string, { rewardId, key, points }: Command): Promise<Outcome> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), deadlineMs);
  try {
    const body = { rewardId, key, points };
    const { status, answer } = await post('/api/shopper/redeem', token, body, controller.signal);
    return readOutcome(status, answer);
  } finally {
    clearTimeout(timer);
  }
}

function readOutcome(status: number, body: unknown): Outcome {
  if (!isRecord(body)) throw new Error('redeem: answer not understood');
  const { kind, code, title, reason } = body;
  if (status === 200 && isText(title) && (code === null || isText(code)))
    return { status: 'ready', kind: isText(kind) ? kind : '', code, title };
  if (status === 202) return { status: 'preparing' };
  if (status >= 400 && status < 500 && isText(reason)) return { status: 'refused', reason };
  throw new Error(`redeem: ${status}`);
}
