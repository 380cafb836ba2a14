import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { RenderedMail } from '~/modules/messaging/types';
import { remember } from '~/platform/remember.server';
import { liquidWorkerSource } from './liquid-worker';

/** What Liquid may fill in: plain data, structured-cloned into the thread. */
export type LiquidVars = Record<string, unknown>;

/** A filled mail, or why it could not be filled. */
export type Filled =
  | { ok: true; mail: RenderedMail }
  /** `stopped`: the thread was ended; on a busy machine the next try may do better. */
  | { ok: false; error: string; stopped: boolean };

export interface FillResult {
  filled: Filled[];
  /** Every variable the template mentions; only when asked for with `inspect`. */
  used: string[];
}

interface FillInput {
  template: RenderedMail;
  items: LiquidVars[];
  inspect?: boolean;
}

declare global {
  interface PerennialSingletons {
    liquid: LiquidThread;
  }
}

const killAfterMs = 1_000;
const startWithinMs = 15_000; // a thread that has not started yet is the machine's fault, not the template's
const chunk = 50;
const replySchema = z.union([
  z.object({
    results: z.array(
      z.union([
        z.object({ subject: z.string(), html: z.string(), text: z.string() }),
        z.object({ error: z.string() }),
      ]),
    ),
    used: z.array(z.string()),
  }),
  z.object({ failure: z.string(), stopped: z.literal(true).optional() }),
]);
type Reply = z.infer<typeof replySchema>;

/**
 * Runs a template's Liquid once per item, in a worker thread that is killed when it takes longer than a second: the limits
 * inside liquidjs are cooperative, the thread's end is not. Values are HTML-escaped in the HTML part. Never throws for what
 * a template or a value does; the item then says why it failed.
 */
export async function fillTemplate(input: FillInput): Promise<FillResult> {
  const filled: Filled[] = [];
  let used: string[] = [];
  for (let at = 0; at < input.items.length; at += chunk) {
    const part = await fillChunk({ ...input, items: input.items.slice(at, at + chunk) });
    filled.push(...part.filled);
    used = part.used;
  }
  return { filled, used };
}

/** Many at once; when that was too much for the second (a busy machine, a heavy item), one by one until one alone is. */
async function fillChunk(input: FillInput): Promise<FillResult> {
  const thread = remember('liquid', () => new LiquidThread());
  const together = await thread.run(input);
  if (input.items.length < 2 || !together.filled.some(wasStopped)) return together;
  const filled: Filled[] = [];
  let used: string[] = [];
  for (const item of input.items) {
    const alone = await thread.run({ ...input, items: [item] });
    filled.push(...alone.filled);
    used = alone.used;
    if (alone.filled.some(wasStopped))
      return { filled: [...filled, ...together.filled.slice(filled.length)], used };
  }
  return { filled, used };
}

function wasStopped(filled: Filled): boolean {
  return !filled.ok && filled.stopped;
}

/** One thread, one request at a time, so that the second counts for that request alone. */
class LiquidThread {
  private worker: Worker | null = null;
  private online = false;
  private pending: ((reply: Reply) => void) | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  run(input: FillInput): Promise<FillResult> {
    const result = this.queue
      .then(() => this.ask(input))
      .then((reply) => toResult(reply, input.items.length));
    this.queue = result.catch(() => undefined);
    return result;
  }

  private ask(input: FillInput): Promise<Reply> {
    const worker = (this.worker ??= this.start());
    return new Promise((resolve) => {
      const end = () => this.end(worker, `took longer than ${killAfterMs} ms`);
      let timer = setTimeout(end, this.online ? killAfterMs : startWithinMs);
      if (!this.online) {
        worker.once('online', () => {
          clearTimeout(timer);
          if (this.pending) timer = setTimeout(end, killAfterMs);
        });
      }
      this.pending = (reply) => {
        clearTimeout(timer);
        this.pending = null;
        worker.unref();
        resolve(reply);
      };
      worker.ref();
      worker.postMessage(input);
    });
  }

  private start(): Worker {
    const worker = new Worker(liquidWorkerSource, {
      eval: true,
      workerData: { liquid: createRequire(import.meta.url).resolve('liquidjs') },
      env: {}, // templates have no business with the environment
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 },
    });
    this.online = false;
    worker.on('online', () => (this.online = true));
    worker.on('message', (reply: unknown) => this.pending?.(replySchema.parse(reply)));
    worker.on('error', (error) => this.end(worker, error.message));
    worker.on('exit', () => this.end(worker, 'the renderer stopped'));
    worker.unref();
    return worker;
  }

  private end(worker: Worker, failure: string): void {
    if (worker !== this.worker) return; // its successor is at work already
    this.worker = null;
    void worker.terminate();
    this.pending?.({ failure, stopped: true });
  }
}

function toResult(reply: Reply, count: number): FillResult {
  if ('failure' in reply) {
    const failed: Filled = { ok: false, error: reply.failure, stopped: reply.stopped === true };
    return { filled: Array.from({ length: count }, () => failed), used: [] };
  }
  return {
    filled: reply.results.map((result) =>
      'error' in result
        ? { ok: false, error: result.error, stopped: false }
        : { ok: true, mail: tidy(result) },
    ),
    used: reply.used,
  };
}

/** One line for the subject, no control characters anywhere, and no gaps where Liquid left nothing in the text part. */
function tidy(mail: RenderedMail): RenderedMail {
  return {
    // eslint-disable-next-line no-control-regex
    subject: mail.subject.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ').trim(),
    html: mail.html,
    text: `${mail.text
      .replace(/[ \t]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
  };
}
