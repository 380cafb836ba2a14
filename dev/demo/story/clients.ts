import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** A browser's name: Shopify's library turns away what calls itself a bot. */
export const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';

/** Asks a JSON API and parses the answer. Throws with the body when the status is not 2xx. */
export async function askJson<S extends z.ZodType>(
  schema: S,
  url: string,
  init?: { method?: string; body?: unknown; headers?: Record<string, string> },
): Promise<z.infer<S>> {
  const response = await fetch(url, {
    method: init?.method ?? (init?.body === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', 'user-agent': userAgent, ...init?.headers },
    body: init?.body === undefined ? undefined : JSON.stringify(init.body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return schema.parse(JSON.parse(text));
}

/** Asks again and again until there is an answer. Throws with what it was waiting for. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false>,
  timeoutMs = 45_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    await sleep(200);
  }
  throw new Error(`waited ${timeoutMs / 1000} s for this, and it did not happen: ${what}`);
}

export const anything = z.unknown();
