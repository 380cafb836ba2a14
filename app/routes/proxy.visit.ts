import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { clock } from '~/platform/clock.server';
import { socialVisited } from '~/processes/social-visited.server';
import { readProxied } from '~/proxied.server';

/**
 * The way to the shop's page elsewhere, on the shop's own domain: `/apps/perennial/visit`. Shop and customer are those
 * Shopify signed; anything not signed is answered 400. Where the shop has no such page the way leads home.
 */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const visitor = await readProxied(request);
  if (visitor === null) return new Response('This address is for the shop’s own pages.', { status: 400 });
  const url = await socialVisited({ ...visitor, now: clock.now() });
  return redirect(url ?? `https://${visitor.shopDomain}`, { headers: { 'Cache-Control': 'no-store' } });
}
