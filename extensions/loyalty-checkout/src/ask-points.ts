import { parseAnswer, type PointsAnswer } from './answer';

export interface PointsQuestion {
  /** Order total as the checkout shows it, decimal. */
  total: number;
  /** ISO 4217. */
  currency: string;
}

/**
 * Asks our server once. Rejects when the network, the server or the answer is not fine, and as soon as `signal` aborts,
 * also while Shopify is still preparing the session token, which can't be cancelled itself.
 */
export function askPoints(question: PointsQuestion, signal: AbortSignal): Promise<PointsAnswer> {
  return untilAborted(signal, request(question, signal));
}

async function request({ total, currency }: PointsQuestion, signal: AbortSignal): Promise<PointsAnswer> {
  const token = await shopify.sessionToken.get();
  const query = `total=${encodeURIComponent(String(total))}&currency=${encodeURIComponent(currency)}`;
  // eslint-disable-next-line no-restricted-syntax -- replaced by its value when the extension is built
  const response = await fetch(`${process.env.APP_URL}/api/shopper/points?${query}`, {
    headers: { Authorization: `Bearer ${token}` },
    signal,
  });
  if (!response.ok) throw new Error(`points: ${response.status}`);
  const answer = parseAnswer(await response.json());
  if (!answer) throw new Error('points: answer not understood');
  return answer;
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('points: aborted')), { once: true });
    work.then(resolve, reject);
  });
}
