import { z } from 'zod';

/** The app's offline token for a shop of a running stand-in store, by token exchange as the app does it. */
export async function offlineToken(storeUrl: string, domain: string): Promise<string> {
  const asked = await fetch(`${storeUrl}/control/admin-token?shop=${domain}`);
  const { token } = z.object({ token: z.string() }).parse(await asked.json());
  const grant = await fetch(`${storeUrl}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-standin-shop': domain },
    body: JSON.stringify({
      client_id: 'perennial-demo-key',
      client_secret: 'perennial-demo-secret',
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      expiring: '1',
    }),
  });
  return z.object({ access_token: z.string() }).parse(await grant.json()).access_token;
}
