import { ask } from '../../shared/ask';
import { parseAnswer, type PointsAnswer } from './answer';

/** Amounts as the checkout shows them, decimal; tax and shipping as soon as they are known: they may not earn. */
export interface PointsQuestion {
  total: number;
  tax?: number;
  shipping?: number;
  /** ISO 4217. */
  currency: string;
  /** Campaigns count some products more often. */
  lines?: { product: string; amount: number }[];
}

/** What our server takes; of a larger order the rest is told as one line of product 0. */
const mostLines = 100;

/** The question as our server reads it. Two questions are the same when this is. */
export function toQuery({ total, tax, shipping, currency, lines = [] }: PointsQuestion): string {
  const query = new URLSearchParams({ total: String(total), currency });
  if (tax !== undefined) query.set('tax', String(tax));
  if (shipping !== undefined) query.set('shipping', String(shipping));
  for (const { product, amount } of atMost(lines, mostLines))
    query.append('line', `${product.replace(/^.*\//, '')}:${amount}`);
  return query.toString();
}

function atMost(lines: NonNullable<PointsQuestion['lines']>, most: number) {
  if (lines.length <= most) return lines;
  const rest = lines.slice(most - 1).reduce((sum, { amount }) => sum + amount, 0);
  return [...lines.slice(0, most - 1), { product: '0', amount: Number(rest.toFixed(4)) }];
}

/**
 * Asks our server once. Rejects when the network, the server or the answer is not fine, and as soon as `signal` aborts,
 * also while Shopify is still preparing the session token, which can't be cancelled itself.
 */
export function askPoints(query: string, signal: AbortSignal): Promise<PointsAnswer> {
  return untilAborted(signal, request(query, signal));
}

async function request(query: string, signal: AbortSignal): Promise<PointsAnswer> {
  const token = await shopify.sessionToken.get();
  const answer = parseAnswer(await ask(`/api/shopper/points?${query}`, token, signal));
  if (!answer) throw new Error('points: answer not understood');
  return answer;
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('points: aborted')), { once: true });
    work.then(resolve, reject);
  });
}
