import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface SteadyLoad {
  port: number;
  perSecond: number;
  seconds: number;
  next: () => { method: string; path: string; headers: Record<string, string>; body?: string };
}

export interface SteadyResult {
  /** Milliseconds from when a request was due, not from when there was a connection for it: waiting counts. */
  times: number[];
  failed: number;
}

/** Requests at a steady pace, however fast they are answered, over connections that stay open. */
export async function steadyLoad({ port, perSecond, seconds, next }: SteadyLoad): Promise<SteadyResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const result: SteadyResult = { times: [], failed: 0 };
  const count = Math.round(perSecond * seconds);
  const start = performance.now();
  const pending: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const due = start + (index * 1_000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await sleep(early);
    pending.push(
      send(agent, port, next()).then((status) => {
        if (status === 200) result.times.push(performance.now() - due);
        else result.failed += 1;
      }),
    );
  }
  await Promise.all(pending);
  agent.destroy();
  return result;
}

/** The status; 0 when there was no answer. */
function send(agent: Agent, port: number, what: ReturnType<SteadyLoad['next']>): Promise<number> {
  return new Promise((resolve) => {
    const { method, path, headers, body = '' } = what;
    const length = Buffer.byteLength(body);
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method,
        path,
        headers: { ...headers, 'content-length': String(length) },
      },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', () => resolve(0)).end(body);
  });
}
