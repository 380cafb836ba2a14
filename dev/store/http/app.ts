import express, { type Express } from 'express';
import { adminApiRoutes } from '../admin-api/routes';
import { machineControlRoutes } from '../control/machine-routes';
import { shopControlRoutes } from '../control/shop-routes';
import { oauthRoutes } from '../oauth/routes';
import type { Store } from '../store';

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
  app.use(express.raw({ type: () => true, limit: MAX_BODY }));
  app.use(oauthRoutes(store));
  app.use(adminApiRoutes(store));
  app.use('/control', machineControlRoutes(store));
  app.use('/control', shopControlRoutes(store));
  return app;
}
