/**
 * Asks our server as this shopper; what is too long for an address goes as a `form`, URL-encoded. Rejects when the network or
 * the server is not fine.
 */
export async function ask(
  path: string,
  token: string,
  signal?: AbortSignal,
  form?: string,
): Promise<unknown> {
  // eslint-disable-next-line no-restricted-syntax -- replaced by its value when the extension is built
  const response = await fetch(`${process.env.APP_URL}${path}`, {
    headers: {
      Authorization: `Bearer ${token}`,
      ...(form !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded' }),
    },
    ...(form !== undefined && { method: 'POST', body: form }),
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

/** Tells our server something as this shopper: its status and what it says. Rejects when it is not known what became of it. */
export async function post(path: string, token: string, body: object, signal?: AbortSignal) {
  // eslint-disable-next-line no-restricted-syntax -- replaced by its value when the extension is built
  const response = await fetch(`${process.env.APP_URL}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}
