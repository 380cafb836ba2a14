import { z } from 'zod';
import type { ShopFact, UninstallFact } from '~/modules/shops/types';
import type { DeliveryContext } from './context';
import { optionalMoment, text } from './fields';

const shopSchema = z.object({
  name: text,
  email: text,
  currency: text,
  iana_timezone: text,
  primary_locale: text,
  country_code: text,
  domain: text,
  plan_name: text,
  updated_at: optionalMoment,
});

/** What the merchant changed about the shop. */
export function readShop(payload: unknown, context: DeliveryContext): ShopFact[] {
  const shop = shopSchema.parse(payload);
  return [
    {
      name: shop.name,
      email: shop.email,
      ...(shop.currency && { currency: shop.currency }),
      ...(shop.iana_timezone && { timeZone: shop.iana_timezone }),
      ...(shop.primary_locale && { locale: shop.primary_locale }),
      country: shop.country_code,
      ...(shop.domain && { storefrontUrl: `https://${shop.domain}` }),
      plan: shop.plan_name,
      occurredAt: shop.updated_at ?? context.triggeredAt,
    },
  ];
}

/** `app/scopes_update`: what the merchant grants from now on. */
export function readScopes(payload: unknown, context: DeliveryContext): ShopFact[] {
  const { current, updated_at } = z
    .object({ current: z.array(z.string()), updated_at: optionalMoment })
    .parse(payload);
  return [{ scopes: current, occurredAt: updated_at ?? context.triggeredAt }];
}

/** `app/uninstalled` carries the shop with its domain removed; only when it happened matters. */
export function readUninstalled(_payload: unknown, context: DeliveryContext): UninstallFact[] {
  return [{ occurredAt: context.triggeredAt }];
}
