import { connect, type Socket } from 'node:net';

export interface LoadResult {
  answered: number;
  failed: number;
  p99Ms: number;
}

interface Load {
  port: number;
  seconds: number;
  connections: number;
  body: string;
  headers: () => Record<string, string>;
}

/**
 * Keep-alive connections that each send a request, wait for its answer and send the next. Plain sockets: on two cores the
 * load must cost as little as possible, or it measures itself.
 */
export async function sendDeliveries(load: Load): Promise<LoadResult> {
  const until = performance.now() + load.seconds * 1_000;
  const times: number[] = [];
  let failed = 0;
  const body = Buffer.from(load.body);
  await Promise.all(
    Array.from({ length: load.connections }, () =>
      runConnection(
        load.port,
        () => (performance.now() < until ? writeRequest(load.headers(), body) : null),
        (status, ms) => {
          if (status === 200) times.push(ms);
          else failed += 1;
        },
      ),
    ),
  );
  times.sort((a, b) => a - b);
  return { answered: times.length, failed, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0 };
}

function writeRequest(headers: Record<string, string>, body: Buffer): Buffer {
  const head = Object.entries({ host: 'bench', 'content-length': String(body.length), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([Buffer.from(`POST /webhooks HTTP/1.1\r\n${head.join('')}\r\n`), body]);
}

function runConnection(
  port: number,
  next: () => Buffer | null,
  seen: (status: number, ms: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let startedAt = 0;
    let received = '';
    const send = () => {
      const request = next();
      if (!request) {
        socket.destroy();
        resolve();
        return;
      }
      startedAt = performance.now();
      socket.write(request);
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!received.includes('\r\n\r\n')) return;
      seen(Number(received.slice(9, 12)), performance.now() - startedAt); // answers carry no body
      received = '';
      send();
    });
  });
}
