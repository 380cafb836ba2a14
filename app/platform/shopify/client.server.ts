import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, errorText } from '../errors';
import { log } from '../log.server';

const apiVersion = '2026-07';

/** Where access tokens come from: they are refreshed and locked elsewhere (platform/sessions). */
export interface TokenSource {
  accessToken: (shopDomain: string) => Promise<string>;
}

/** One operation of `operations.generated.ts`. */
export interface Operation<V extends z.ZodObject, R extends z.ZodObject> {
  name: string;
  kind: 'query' | 'mutation';
  document: string;
  variables: V;
  result: R;
}

export interface ShopifyClient {
  /**
   * Asks the shop's Admin API. Waits while the shop's cost bucket is empty, tries again after 429, 5xx and lost
   * connections (so a mutation may run twice: only send ones that bear it), and checks the answer against the schema.
   * Throws AppError 'unavailable' when Shopify does not answer after all, or refuses the token. With `once` nothing is sent
   * again that may have been done: the error's `reason` is then `unclear`.
   */
  request: <V extends z.ZodObject, R extends z.ZodObject>(
    operation: Operation<V, R>,
    variables: z.input<V>,
    options?: { once: boolean },
  ) => Promise<z.output<R>>;
}

/** The `reason` of an error after which nobody knows whether Shopify did what it was asked. */
export const unclear = 'unclear';

interface Parts {
  tokens: TokenSource;
  fetch: typeof fetch;
  pauseMs?: (ms: number) => Promise<unknown>;
}

const maxAttempts = 6;
const timeoutMs = 20_000;
const firstPauseMs = 500;
const longestPauseMs = 20_000;

const throttleStatus = z.object({ currentlyAvailable: z.number(), restoreRate: z.number() });
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .union([
      z.array(
        z.object({ message: z.string(), extensions: z.object({ code: z.string().nullish() }).nullish() }),
      ),
      z.string(),
    ])
    .nullish(),
  extensions: z
    .object({ cost: z.object({ requestedQueryCost: z.number(), throttleStatus }).nullish() })
    .nullish(),
});

type Answer = z.infer<typeof answerSchema>;

/** What one try came to: an answer, or how long to wait before the next. `refused`: surely nothing was done. */
type Attempt = { answer: Answer } | { retryAfterMs: number | null; reason: string; refused: boolean };

export function createShopifyClients(parts: Parts): (shopDomain: string) => ShopifyClient {
  const wait = parts.pauseMs ?? ((ms: number) => pause(ms));
  return (shopDomain) => ({
    request: async (operation, variables, options) => {
      const body = JSON.stringify({
        query: operation.document,
        variables: operation.variables.parse(variables),
      });
      let reason = '';
      for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
        const token = await parts.tokens.accessToken(shopDomain);
        const outcome = await tryOnce(parts.fetch, shopDomain, token, body);
        if ('answer' in outcome) return parseResult(operation, outcome.answer);
        reason = outcome.reason;
        if (options?.once && !outcome.refused) throw unavailable(`${operation.name}: ${reason}`, unclear);
        if (attempt < maxAttempts) await wait(outcome.retryAfterMs ?? backoff(attempt));
      }
      throw unavailable(`${operation.name}: ${reason}, after ${maxAttempts} attempts`);
    },
  });
}

async function tryOnce(
  send: typeof fetch,
  shopDomain: string,
  token: string,
  body: string,
): Promise<Attempt> {
  let response: Response;
  let text: string;
  try {
    response = await send(`https://${shopDomain}/admin/api/${apiVersion}/graphql.json`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'X-Shopify-Access-Token': token,
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (error) {
    return { retryAfterMs: null, reason: `no answer (${errorText(error)})`, refused: false };
  }
  if (response.status === 429 || response.status >= 500) {
    return {
      retryAfterMs: readRetryAfter(response.headers.get('retry-after')),
      reason: `HTTP ${response.status}`,
      refused: response.status === 429,
    };
  }
  if (!response.ok) throw unavailable(`HTTP ${response.status}`);
  return readAnswer(text);
}

function readAnswer(text: string): Attempt {
  const parsed = answerSchema.safeParse(parseOrNull(text));
  if (!parsed.success) return { retryAfterMs: null, reason: 'an answer that is not GraphQL', refused: false };
  const { errors, extensions } = parsed.data;
  if (!errors || !isThrottled(errors)) return { answer: parsed.data };
  return { retryAfterMs: timeToRefill(extensions?.cost ?? null), reason: 'throttled', refused: true };
}

function isThrottled(errors: NonNullable<Answer['errors']>): boolean {
  return typeof errors !== 'string' && errors.some((error) => error.extensions?.code === 'THROTTLED');
}

/** Until the bucket holds what the query asks for. */
function timeToRefill(
  cost: { requestedQueryCost: number; throttleStatus: z.infer<typeof throttleStatus> } | null,
): number | null {
  if (!cost || cost.throttleStatus.restoreRate <= 0) return null;
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  return bounded(Math.ceil((missing / cost.throttleStatus.restoreRate) * 1_000));
}

function readRetryAfter(header: string | null): number | null {
  const seconds = Number(header ?? NaN);
  return Number.isFinite(seconds) ? bounded(seconds * 1_000) : null;
}

function backoff(attempt: number): number {
  return bounded(firstPauseMs * 2 ** (attempt - 1));
}

function bounded(ms: number): number {
  return Math.min(longestPauseMs, Math.max(100, ms));
}

function parseResult<V extends z.ZodObject, R extends z.ZodObject>(
  operation: Operation<V, R>,
  answer: Answer,
): z.output<R> {
  const { errors } = answer;
  if (errors && errors.length > 0) {
    const messages = typeof errors === 'string' ? errors : errors.map(({ message }) => message).join('; ');
    const denied =
      typeof errors !== 'string' && errors.every((error) => error.extensions?.code === 'ACCESS_DENIED');
    throw unavailable(`${operation.name}: ${messages}`, denied ? undefined : unclear);
  }
  const result = operation.result.safeParse(answer.data);
  if (result.success) return result.data;
  log.error(
    { operation: operation.name, issues: result.error.issues.slice(0, 5) },
    'Shopify answered outside its schema',
  );
  throw unavailable(`${operation.name}: the answer does not fit the schema`, unclear);
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unavailable(message: string, reason?: string): AppError {
  return new AppError('unavailable', {
    message: `Shopify: ${message}`,
    ...(reason !== undefined && { reason }),
    userMessage: 'Shopify did not answer as expected. Please try again in a minute.',
  });
}
