import { Links, Meta, Outlet, Scripts, ScrollRestoration, useMatches } from '@remix-run/react';
import type { LinksFunction } from '@remix-run/node';
import { z } from 'zod';

const cdn = 'https://cdn.shopify.com';

export const links: LinksFunction = () => [
  { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' },
  { rel: 'preconnect', href: cdn },
  { rel: 'stylesheet', href: `${cdn}/static/fonts/inter/v4/styles.css` },
];

const embeddedSchema = z.object({ apiKey: z.string(), appBridgeUrl: z.string() });

/** App Bridge has to be the first script of every embedded document; only /app pages are embedded. */
function useAppBridgeScript(): { apiKey: string; appBridgeUrl: string } | undefined {
  const shell = useMatches().find((match) => match.id === 'routes/app');
  return embeddedSchema.safeParse(shell?.data).data;
}

export default function Root() {
  const appBridge = useAppBridgeScript();
  return (
    <html lang="en">
      <head>
        {appBridge && <script src={appBridge.appBridgeUrl} data-api-key={appBridge.apiKey} />}
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        <Outlet />
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}
