import { customerRoutes } from './customers';
import { loyaltyRoutes } from './loyalty';
import { openRoutes } from './open';
import { partnerRoutes } from './partners';
import { shopRoutes } from './shop';
import type { RouteTries, Shops } from './try';

/** How each file of app/routes is tried. One that is missing here fails the test. */
export function routeTries(shops: Shops): Record<string, RouteTries> {
  return {
    ...openRoutes,
    ...shopRoutes(shops),
    ...customerRoutes(shops),
    ...loyaltyRoutes(shops),
    ...partnerRoutes(shops),
  };
}
