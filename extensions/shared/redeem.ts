import { isRecord, isText } from './read';

/** What became of choosing a reward. `refused` says why in a word; the points are as they were. */
export type Outcome =
  | { status: 'ready'; code: string; title: string }
  | { status: 'preparing' }
  | { status: 'refused'; reason: string };

const deadlineMs = 25_000; // the server asks Shopify for the code meanwhile

/**
 * Asks our server for a reward. Rejects when it is not known what became of it: ask again with the same `key`, and no
 * points are spent twice.
 */
export async function redeem(token: string, rewardId: string, key: string): Promise<Outcome> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), deadlineMs);
  try {
    // eslint-disable-next-line no-restricted-syntax -- replaced by its value when the extension is built
    const response = await fetch(`${process.env.APP_URL}/api/shopper/redeem`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ rewardId, key }),
      signal: controller.signal,
    });
    return readOutcome(response.status, await response.json());
  } finally {
    clearTimeout(timer);
  }
}

function readOutcome(status: number, body: unknown): Outcome {
  if (!isRecord(body)) throw new Error('redeem: answer not understood');
  const { code, title, reason } = body;
  if (status === 200 && isText(code) && isText(title)) return { status: 'ready', code, title };
  if (status === 202) return { status: 'preparing' };
  if (status >= 400 && status < 500 && isText(reason)) return { status: 'refused', reason };
  throw new Error(`redeem: ${status}`);
}
