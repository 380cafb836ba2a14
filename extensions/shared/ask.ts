/** Asks our server as this shopper. Rejects when the network or the server is not fine. */
export async function ask(path: string, token: string, signal?: AbortSignal): Promise<unknown> {
  // eslint-disable-next-line no-restricted-syntax -- replaced by its value when the extension is built
  const response = await fetch(`${process.env.APP_URL}${path}`, {
    headers: { Authorization: `Bearer ${token}` },
    ...(signal && { signal }),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}
