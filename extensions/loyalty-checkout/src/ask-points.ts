import { ask } from '../../shared/ask';
import { parseAnswer, type PointsAnswer } from './answer';

/** Amounts as the checkout shows them, decimal; tax and shipping as soon as they are known: they may not earn. */
export interface PointsQuestion {
  total: number;
  tax?: number;
  shipping?: number;
  /** Prices contain the tax. */
  taxIncluded?: boolean;
  /** ISO 4217. */
  currency: string;
  /** Campaigns count some products more often. */
  lines?: QuestionLine[];
}

export interface QuestionLine {
  product: string;
  amount: number;
  /** Nothing is sent: it may be a gift card. */
  digital: boolean;
}

/** What our server takes, and what a cart of Shopify holds; of more the rest is told as one line of product 0. */
const mostLines = 500;
/** A longer question goes in the body: on the way to a server there may be proxies that take 8 KB, token included. */
const longestQuery = 4_000;

/** The question as our server reads it. Two questions are the same when this is. */
export function toQuery({ total, tax, shipping, taxIncluded, currency, lines = [] }: PointsQuestion): string {
  const query = new URLSearchParams({ total: String(total), currency });
  if (tax !== undefined) query.set('tax', String(tax));
  if (shipping !== undefined) query.set('shipping', String(shipping));
  if (taxIncluded) query.set('taxIncluded', '1');
  for (const { product, amount, digital } of atMost(byProduct(lines), mostLines))
    query.append('line', `${product.replace(/^.*\//, '')}:${amount}${digital ? ':digital' : ''}`);
  return query.toString();
}

/** Which goods count is said of products: what several lines have of one is one to our server. */
function byProduct(lines: QuestionLine[]): QuestionLine[] {
  const found = new Map<string, QuestionLine>();
  for (const line of lines) {
    const known = found.get(line.product);
    found.set(line.product, known ? { ...line, amount: add(known.amount, line.amount) } : line);
  }
  return [...found.values()];
}

function atMost(lines: QuestionLine[], most: number): QuestionLine[] {
  if (lines.length <= most) return lines;
  const rest = lines.slice(most - 1).reduce((sum, { amount }) => add(sum, amount), 0);
  return [...lines.slice(0, most - 1), { product: '0', amount: rest, digital: false }];
}

const add = (a: number, b: number) => Number((a + b).toFixed(4)); // floats: 0.1 + 0.2

/**
 * Asks our server once. Rejects when the network, the server or the answer is not fine, and as soon as `signal` aborts,
 * also while Shopify is still preparing the session token, which can't be cancelled itself.
 */
export function askPoints(query: string, signal: AbortSignal): Promise<PointsAnswer> {
  return untilAborted(signal, request(query, signal));
}

async function request(query: string, signal: AbortSignal): Promise<PointsAnswer> {
  const token = await shopify.sessionToken.get();
  const path = '/api/shopper/points';
  const answer = parseAnswer(
    query.length > longestQuery
      ? await ask(path, token, signal, query)
      : await ask(`${path}?${query}`, token, signal),
  );
  if (!answer) throw new Error('points: answer not understood');
  return answer;
}

function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('points: aborted')), { once: true });
    work.then(resolve, reject);
  });
}
