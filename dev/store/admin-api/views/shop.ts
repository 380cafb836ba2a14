import type { ApiContext, View } from '../context';
import { toGid } from '../../state/ids';
import { metafieldFields } from './metafield';

function timezoneOffset(zone: string, now: Date): { text: string; minutes: number } {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    now,
  );
  const text =
    (name.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT').replace('GMT', '') || '+00:00';
  const [hours = '0', minutes = '0'] = text.slice(1).split(':');
  return { text, minutes: (text.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) };
}

export function shopView(api: ApiContext): View {
  const { shop, store } = api;
  const offset = timezoneOffset(shop.ianaTimezone, store.clock.now());
  const address = {
    __typename: 'ShopAddress',
    id: toGid('ShopAddress', shop.id),
    address1: 'Lindenstraße 1',
    city: shop.countryCode === 'DE' ? 'Berlin' : 'Portland',
    company: shop.name,
    country: shop.countryName,
    countryCodeV2: shop.countryCode,
  };
  return {
    __typename: 'Shop',
    id: toGid('Shop', shop.id),
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    shopOwnerName: shop.ownerName,
    currencyCode: shop.currency,
    enabledPresentmentCurrencies: [shop.currency],
    ianaTimezone: shop.ianaTimezone,
    timezoneOffset: offset.text.replace(':', ''),
    timezoneOffsetMinutes: offset.minutes,
    myshopifyDomain: shop.domain,
    url: `https://${shop.domain}`,
    primaryDomain: {
      __typename: 'Domain',
      id: toGid('Domain', shop.id),
      url: `https://${shop.domain}`,
      host: shop.domain,
      sslEnabled: true,
    },
    plan: {
      __typename: 'ShopPlan',
      displayName: shop.planName,
      publicDisplayName: shop.planName,
      partnerDevelopment: true,
      shopifyPlus: false,
    },
    billingAddress: address,
    shopAddress: address,
    taxesIncluded: true,
    unitSystem: shop.countryCode === 'US' ? 'IMPERIAL_SYSTEM' : 'METRIC_SYSTEM',
    weightUnit: shop.countryCode === 'US' ? 'POUNDS' : 'KILOGRAMS',
    createdAt: shop.createdAt,
    updatedAt: shop.updatedAt,
    setupRequired: false,
    orderNumberFormatPrefix: '#',
    orderNumberFormatSuffix: '',
    ...metafieldFields(api, toGid('Shop', shop.id), 'SHOP'),
  };
}

export function appInstallationView(api: ApiContext): View {
  return {
    __typename: 'AppInstallation',
    id: toGid('AppInstallation', api.shop.id),
    accessScopes: api.shop.scopes.map((handle) => ({
      __typename: 'AccessScope',
      handle,
      description: handle.replaceAll('_', ' '),
    })),
    activeSubscriptions: [],
    launchUrl: `${api.store.url}/admin/${api.shop.domain}/apps/perennial`,
    uninstallUrl: `${api.store.url}/admin/${api.shop.domain}/settings`,
    app: {
      __typename: 'App',
      id: toGid('App', 1n),
      apiKey: api.store.options.apiKey,
      handle: 'perennial',
      title: 'Perennial',
    },
    ...metafieldFields(api, toGid('AppInstallation', api.shop.id), 'APP_INSTALLATION'),
  };
}
