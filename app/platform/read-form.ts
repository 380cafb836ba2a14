const maxBodyBytes = 16_384;

/** The form, or an empty one when it is no form or larger than any mail program's. */
export async function readForm(request: Request): Promise<FormData> {
  const body = await readAtMost(request, maxBodyBytes);
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return new Response(body, { headers }).formData().catch(() => new FormData());
}

async function readAtMost(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) return Uint8Array.from(Buffer.concat(chunks));
    size += part.value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      return new Uint8Array();
    }
    chunks.push(part.value);
  }
}
