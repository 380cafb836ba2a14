import { AsyncLocalStorage } from 'node:async_hooks';
import { pino, stdTimeFunctions, type Logger } from 'pino';
import { remember } from './remember.server';
import { scrubFields, scrubText } from './scrub';

export interface LogContext {
  requestId?: string;
  shopId?: number;
  jobId?: string;
  job?: string;
}

declare global {
  interface PerennialSingletons {
    log: Logger;
    logContext: AsyncLocalStorage<LogContext>;
  }
}

const context = remember('logContext', () => new AsyncLocalStorage<LogContext>());

/** Runs `work` so that every line it logs carries these ids. */
export function withLogContext<T>(ids: LogContext, work: () => T): T {
  return context.run({ ...context.getStore(), ...ids }, work);
}

/** JSON lines with the ids of the request, shop and job they belong to. Personal data is scrubbed, from keys and from texts. */
export const log: Logger = remember('log', () =>
  pino({
    // Read here and not through env(): logging must work before, and about, a bad configuration.
    level: process.env.LOG_LEVEL ?? 'info', // eslint-disable-line no-restricted-syntax
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    mixin: () => ({ ...context.getStore() }),
    formatters: { log: (fields) => scrubFields(fields) },
    hooks: { streamWrite: scrubText },
  }),
);
