import { z } from 'zod';
import { errorText } from '~/platform/errors';
import type { Facts } from './facts';
import type { DeliveryContext } from './payloads/context';
import { parseJson } from './payloads/parse-json';
import { topics } from './topics.server';

export interface InboxEvent extends DeliveryContext {
  id: bigint;
  body: string;
  attempts: number;
}

export type ReadResult = { status: 'done' } | { status: 'ignored' } | { status: 'dead'; error: string };

/** Reads one stored delivery into `facts`. What can't be read is dead at once: it will not get better by waiting. */
export function readEvent(facts: Facts, event: InboxEvent): ReadResult {
  const topic = Object.hasOwn(topics, event.topic) ? topics[event.topic] : undefined;
  if (!topic) return { status: 'ignored' };
  let payload: unknown;
  try {
    payload = parseJson(event.body);
  } catch (error) {
    return { status: 'dead', error: `The body is not JSON${positionIn(error)}` };
  }
  try {
    topic.collect(facts, payload, event);
    return { status: 'done' };
  } catch (error) {
    return { status: 'dead', error: `The payload is not a ${event.topic}: ${describe(error)}` };
  }
}

/** V8's own message quotes the text around the place. */
function positionIn(error: unknown): string {
  const position = /position \d+/.exec(errorText(error))?.[0];
  return position ? ` (at ${position})` : '';
}

/** Paths and rules, never values: this text is stored and shown. */
function describe(error: unknown): string {
  if (!(error instanceof z.ZodError)) return errorText(error);
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`)
    .join('; ');
}
