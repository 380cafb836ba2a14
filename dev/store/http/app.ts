import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import { adminApiRoutes } from '../admin-api/routes';
import { machineControlRoutes } from '../control/machine-routes';
import { shopControlRoutes } from '../control/shop-routes';
import { oauthRoutes } from '../oauth/routes';
import type { Store } from '../store';
import { adminPageRoutes } from '../admin-page/routes';
import { appProxyRoutes } from '../storefront/app-proxy';
import { extensionBundleRoutes, storefrontRoutes } from '../storefront/routes';
import { THEME_ASSETS, themeAssetsFolder } from '../storefront/theme-block';
import { browserScriptRoutes } from './browser-scripts';
import { imageRoutes } from './images';

const MAX_BODY = '10mb';

/** All doors of the store. */
export function createApp(store: Store): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set('access-control-allow-origin', '*');
    response.set('access-control-allow-headers', '*');
    next();
  });
  app.options('*', (_request, response) => {
    response.status(204).set('access-control-allow-methods', '*').end();
  });
  app.use(express.raw({ type: () => true, limit: MAX_BODY }));
  app.use(oauthRoutes(store));
  app.use(adminApiRoutes(store));
  app.use('/control', machineControlRoutes(store));
  app.use('/control', shopControlRoutes(store));
  app.use('/assets', express.static(fileURLToPath(new URL('../assets', import.meta.url))));
  app.use(browserScriptRoutes());
  app.use(imageRoutes());
  app.use(extensionBundleRoutes(store));
  app.use('/admin', adminPageRoutes(store));
  app.use(THEME_ASSETS, express.static(themeAssetsFolder(store)));
  app.use(appProxyRoutes(store));
  app.use('/shop', storefrontRoutes(store));
  app.get('/', (_request, response) => response.redirect(`/admin/${store.state.shops[0]?.domain ?? ''}`));
  return app;
}
