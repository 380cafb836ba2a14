import { readBody } from './read-body.server';

const maxBodyBytes = 16_384;

/** The JSON that somebody sent; null when it is none, or larger than any that is meant well: then the rest is not read. */
export async function readJson(request: Request): Promise<unknown> {
  const body = await readBody(request, maxBodyBytes);
  try {
    return body && JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return null;
  }
}
