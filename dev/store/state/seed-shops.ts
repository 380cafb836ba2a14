import { takeId } from './ids';
import type { CatalogueEntry } from './catalogue';
import { COFFEE_CATALOGUE, PLANT_CATALOGUE } from './catalogue';
import type { Collection, Consent, Customer, Product, Shop, State } from './model';

const DEMO_SHOP = 'perennial-demo.myshopify.com';
const SECOND_SHOP = 'second-demo.myshopify.com';

type Person = readonly [firstName: string, lastName: string, city: string, zip: string, subscribed: boolean];

const DEMO_PEOPLE: readonly Person[] = [
  ['Anna', 'Lindner', 'Berlin', '10437', true],
  ['Jonas', 'Brandt', 'Hamburg', '20357', true],
  ['Miriam', 'Okafor', 'Leipzig', '04109', false],
];
const SECOND_PEOPLE: readonly Person[] = [['Dana', 'Reyes', 'Portland', '97205', true]];

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function seedProduct(state: State, vendor: string, entry: CatalogueEntry, now: string): Product {
  const id = takeId(state, 'Product');
  return {
    id,
    title: entry.title,
    handle: slug(entry.title),
    description: entry.description,
    vendor,
    productType: entry.type,
    tags: [slug(entry.type)],
    status: 'ACTIVE',
    art: entry.art,
    variants: entry.variants.map(([title, price, unitCost], index) => ({
      id: takeId(state, 'ProductVariant'),
      inventoryItemId: takeId(state, 'InventoryItem'),
      title,
      sku: `${slug(entry.title).slice(0, 8).toUpperCase()}-${index + 1}`,
      price,
      compareAtPrice: null,
      unitCost,
      inventoryQuantity: 250,
    })),
    createdAt: now,
    updatedAt: now,
  };
}

function seedCustomer(state: State, shop: Shop, person: Person, now: string): Customer {
  const [firstName, lastName, city, zip, subscribed] = person;
  const consent: Consent = subscribed
    ? { state: 'subscribed', optInLevel: 'single_opt_in', updatedAt: now }
    : { state: 'not_subscribed', optInLevel: 'single_opt_in', updatedAt: null };
  const { countryCode, countryName: country } = shop;
  return {
    id: takeId(state, 'Customer'),
    email: `${firstName}.${lastName}@example.com`.toLowerCase(),
    phone: null,
    firstName,
    lastName,
    locale: shop.locale,
    note: null,
    tags: [],
    consent,
    address: { firstName, lastName, address1: 'Lindenstraße 12', zip, city, countryCode, country },
    createdAt: now,
    updatedAt: now,
  };
}

/** One collection per type of product. */
function seedCollections(state: State, products: readonly Product[], now: string): Collection[] {
  return [...new Set(products.map(({ productType }) => productType))].map((title) => ({
    id: takeId(state, 'Collection'),
    title,
    handle: slug(title),
    productIds: products.filter(({ productType }) => productType === title).map(({ id }) => id),
    updatedAt: now,
  }));
}

function emptyShop(state: State, now: string): Omit<Shop, 'domain' | 'name'> {
  return {
    id: takeId(state, 'Shop'),
    email: 'owner@example.com',
    ownerName: 'Frieda Sommer',
    currency: 'EUR',
    ianaTimezone: 'Europe/Berlin',
    countryCode: 'DE',
    countryName: 'Germany',
    locale: 'de',
    planName: 'Basic',
    taxPercent: 19,
    flatShipping: 490,
    freeShippingFrom: 6000,
    accent: '#2f5d43',
    tagline: '',
    installed: false,
    scopes: [],
    tokens: [],
    nextOrderNumber: 1001,
    customers: [],
    products: [],
    collections: [],
    carts: [],
    checkouts: [],
    orders: [],
    discounts: [],
    codeCreations: [],
    giftCards: [],
    storeCredits: [],
    metafields: [],
    metafieldDefinitions: [],
    flowTriggers: [],
    createdAt: now,
    updatedAt: now,
  };
}

/** Two shops that differ in currency, language, time zone and tax. */
export function seedState(now: string): State {
  const state: State = { version: 1, clockOffsetMs: 0, lastIds: {}, shops: [] };
  const demo: Shop = {
    ...emptyShop(state, now),
    domain: DEMO_SHOP,
    name: 'Fern & Field',
    email: 'hello@fern-and-field.example',
    locale: 'en',
    tagline: 'Plants and the things they like',
  };
  const second: Shop = {
    ...emptyShop(state, now),
    domain: SECOND_SHOP,
    name: 'Harbor Coffee',
    email: 'hello@harbor-coffee.example',
    ownerName: 'Dale Harbor',
    currency: 'USD',
    ianaTimezone: 'America/Los_Angeles',
    countryCode: 'US',
    countryName: 'United States',
    locale: 'en',
    taxPercent: 0,
    flatShipping: 600,
    freeShippingFrom: 5000,
    accent: '#23405e',
    tagline: 'Roasted on Tuesdays',
  };
  demo.products = PLANT_CATALOGUE.map((entry) => seedProduct(state, demo.name, entry, now));
  second.products = COFFEE_CATALOGUE.map((entry) => seedProduct(state, second.name, entry, now));
  for (const shop of [demo, second]) shop.collections = seedCollections(state, shop.products, now);
  demo.customers = DEMO_PEOPLE.map((person) => seedCustomer(state, demo, person, now));
  second.customers = SECOND_PEOPLE.map((person) => seedCustomer(state, second, person, now));
  state.shops = [demo, second];
  return state;
}
