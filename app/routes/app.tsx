import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { Link, Outlet, useLoaderData, useRouteError } from '@remix-run/react';
import { NavMenu } from '@shopify/app-bridge-react';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import { boundary } from '@shopify/shopify-app-remix/server';
import { env } from '~/platform/env.server';
import { requireShop } from '~/shopify.server';
import { AppFrame } from '~/ui/app-frame';
import { t } from '~/ui/i18n';

export { keepData as shouldRevalidate } from '~/ui/keep-page';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: polarisStyles }];

export async function loader({ request }: LoaderFunctionArgs) {
  await requireShop(request);
  const { SHOPIFY_API_KEY, APP_BRIDGE_URL } = env();
  return {
    apiKey: SHOPIFY_API_KEY,
    appBridgeUrl: APP_BRIDGE_URL ?? 'https://cdn.shopify.com/shopifycloud/app-bridge.js',
  };
}

const pages = [
  'customers',
  'loyalty',
  'referrals',
  'affiliates',
  'carts',
  'flows',
  'messages',
  'settings',
  'health',
] as const;

export default function App() {
  useLoaderData<typeof loader>();
  return (
    <AppFrame>
      <NavMenu>
        <Link to="/app" rel="home">
          {t('nav.home')}
        </Link>
        {pages.map((page) => (
          <Link key={page} to={`/app/${page}`}>
            {t(`nav.${page}`)}
          </Link>
        ))}
      </NavMenu>
      <Outlet />
    </AppFrame>
  );
}

// Shopify's library answers some requests by throwing a response; its boundary turns that into the right page.
export function ErrorBoundary() {
  return boundary.error(useRouteError());
}

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);
