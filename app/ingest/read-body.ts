import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

export type BodyResult = { kind: 'whole'; body: Buffer } | { kind: 'too_large' } | { kind: 'aborted' };

/** Collects the raw bytes of a request, up to `limit`. Never rejects. */
export function readBody(request: IncomingMessage, limit: number, done: (result: BodyResult) => void): void {
  if (Number(request.headers['content-length']) > limit) {
    done({ kind: 'too_large' });
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  let settled = false;
  const settle = (result: BodyResult) => {
    if (settled) return;
    settled = true;
    done(result);
  };
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > limit) settle({ kind: 'too_large' });
    else if (!settled) chunks.push(chunk);
  });
  request.on('end', () => {
    const [only] = chunks;
    settle({ kind: 'whole', body: only && chunks.length === 1 ? only : Buffer.concat(chunks) });
  });
  request.on('error', () => settle({ kind: 'aborted' }));
  request.on('close', () => settle({ kind: 'aborted' }));
}

/** The same bytes when PostgreSQL can keep them as text; otherwise a copy with the impossible characters replaced. */
export function toStorableText(body: Buffer): Buffer {
  if (isUtf8(body) && !body.includes(0)) return body;
  return Buffer.from(body.toString('utf8').replaceAll('\u0000', '\ufffd'));
}
