import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { afterEach, expect, it } from 'vitest';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { readProxied } from '~/proxied.server';
import { aShop } from '../factories/loyalty';
import { proxiedRequest } from '../factories/proxied';
import { offlineSession } from '../factories/session';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

afterEach(() => setAbstractFetchFunc(fetch));

it('visitors of the storefront leave a token that is about to end to those who refresh it one at a time', async () => {
  let asked = 0;
  setAbstractFetchFunc(async () => {
    asked += 1;
    return Response.json({ error: 'invalid_request' }, { status: 400 }); // it was used already
  });
  const shop = await aShop();
  const session = offlineSession(shop.domain);
  session.expires = new Date(Date.now() + 60_000);
  await sessionStorage.storeSession(session);

  const visits = Array.from({ length: 5 }, () =>
    readProxied(proxiedRequest('/proxy/visit', { shop: shop.domain })),
  );
  for (const visit of visits) expect((await visit)?.shopId).toBe(shop.id);
  expect(asked).toBe(0);
  expect((await sessionStorage.loadSession(session.id))?.refreshToken).toBe('refresh');
});
