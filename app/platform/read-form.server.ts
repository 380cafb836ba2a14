import { readBody } from './read-body.server';

const maxBodyBytes = 16_384;

/** A form that somebody sent, or an empty one when it is no form or larger than any that people and mail programs send. */
export async function readForm(request: Request): Promise<FormData> {
  const body = (await readBody(request, maxBodyBytes)) ?? new Uint8Array();
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return new Response(body, { headers }).formData().catch(() => new FormData());
}
