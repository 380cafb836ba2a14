/** What Shopify's checkout and customer accounts give a UI extension: the global `shopify`, and elements named `s-*`. */
import { defineElements } from './extension-elements';
import { wrap } from './messages';

interface HostData {
  readonly target: string;
  readonly bundle: string;
  readonly base: string;
  readonly appUrl: string;
  readonly shop: Readonly<Record<string, unknown>>;
  readonly currency: string;
  readonly locale: string;
  readonly timezone: string;
  readonly countryCode: string;
  readonly customer: { readonly id: string } | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly translations: Readonly<Record<string, unknown>>;
  readonly checkout: CheckoutData | null;
  readonly order?: Readonly<Record<string, unknown>>; // on its status page
}

/** What only an extension in a checkout is given. */
interface CheckoutData {
  readonly checkoutToken: string;
  readonly email: string | null;
  readonly cost: Readonly<
    Record<
      'subtotal' | 'shipping' | 'tax' | 'total',
      { readonly amount: number; readonly currencyCode: string }
    >
  >;
  readonly discountCode: string | null;
  readonly discountAllocations: readonly unknown[];
  readonly attributes: readonly { readonly key: string; readonly value: string }[];
  readonly lines: readonly unknown[];
}

function isHostData(value: unknown): value is HostData {
  return typeof value === 'object' && value !== null && 'target' in value;
}

const parsed: unknown = JSON.parse(document.querySelector('#extension-data')?.textContent ?? 'null');
if (!isHostData(parsed)) throw new Error('The page carries no extension.');
const data = parsed;

type SignalClass = new (value: unknown) => object;
let RealSignal: SignalClass | null = null;

/** A value that does not change while the extension lives: a change reloads the page. */
function signal(value: unknown): object {
  if (RealSignal !== null) return new RealSignal(value);
  const current = {
    value,
    current: value,
    peek: () => value,
    subscribe: (listener: (value: unknown) => void) => {
      listener(value);
      return () => undefined;
    },
    destroy: () => Promise.resolve(),
  };
  return current;
}

function lookUp(key: string, count: unknown): string | null {
  let found: unknown = data.translations;
  for (const part of key.split('.'))
    found =
      typeof found === 'object' && found !== null && part in found
        ? Object.entries(found).find(([name]) => name === part)?.[1]
        : undefined;
  if (typeof found === 'object' && found !== null && typeof count === 'number') {
    const form = new Intl.PluralRules(data.locale).select(count);
    const forms = new Map(Object.entries(found));
    found = forms.get(form) ?? forms.get('other');
  }
  return typeof found === 'string' ? found : null;
}

/** Texts with `{{name}}` filled in; where a filling is an element, a list of texts and elements. */
function translate(
  key: string,
  replacements: Readonly<Record<string, string | number | object>> = {},
): unknown {
  const text = lookUp(key, replacements['count']);
  if (text === null) throw new Error(`The extension's locales have no "${key}".`);
  const parts = text.split(/(\{\{\s*\w+\s*\}\})/).map((part) => {
    const name = /^\{\{\s*(\w+)\s*\}\}$/.exec(part)?.[1];
    if (name === undefined) return part;
    const value = replacements[name];
    return typeof value === 'number' ? new Intl.NumberFormat(data.locale).format(value) : (value ?? part);
  });
  return parts.every((part) => typeof part === 'string') ? parts.join('') : parts;
}

const i18n = {
  translate,
  formatNumber: (value: number | bigint, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(data.locale, options).format(value),
  formatCurrency: (value: number | bigint, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(data.locale, { style: 'currency', currency: data.currency, ...options }).format(
      value,
    ),
  formatDate: (date: Date, options?: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(data.locale, options).format(date),
};

const TOKEN_KEPT_MS = 240_000;
let heldToken: { readonly token: Promise<string>; readonly until: number } | null = null;

async function fetchToken(): Promise<string> {
  const response = await fetch(`${data.base}/session-token`);
  const body: unknown = await response.json();
  if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string')
    return body.token;
  throw new Error('No session token.');
}

function getToken(): Promise<string> {
  if (heldToken === null || heldToken.until < Date.now())
    heldToken = { token: fetchToken(), until: Date.now() + TOKEN_KEPT_MS };
  return heldToken.token;
}

function tellPage(message: unknown): void {
  window.parent.postMessage(wrap(message), '*');
}

async function change(
  path: string,
  body: unknown,
): Promise<{ type: 'success' } | { type: 'error'; message: string }> {
  const response = await fetch(`${data.base}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) {
    tellPage({ kind: 'reload' });
    return { type: 'success' };
  }
  const answer: unknown = await response.json();
  const message =
    typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : 'Refused.';
  return { type: 'error', message };
}

interface DiscountChange {
  readonly type: 'addDiscountCode' | 'removeDiscountCode';
  readonly code: string;
}

interface AttributeChange {
  readonly type: 'updateAttribute' | 'removeAttribute';
  readonly key: string;
  readonly value?: string;
}

const storage = {
  read: (key: string) => Promise.resolve(JSON.parse(sessionStorage.getItem(`extension-${key}`) ?? 'null')),
  write: (key: string, value: unknown) => {
    sessionStorage.setItem(`extension-${key}`, JSON.stringify(value));
    return Promise.resolve();
  },
  delete: (key: string) => {
    sessionStorage.removeItem(`extension-${key}`);
    return Promise.resolve();
  },
};

const language = { isoCode: data.locale };

function buildApi() {
  return {
    extension: {
      target: data.target,
      apiVersion: '2026-07',
      version: undefined,
      scriptUrl: `${location.origin}/extensions/${data.bundle}.js`,
      editor: undefined,
      rendered: signal(true),
      capabilities: signal(['network_access']),
    },
    version: '2026-07',
    sessionToken: { get: getToken },
    shop: data.shop,
    settings: signal(data.settings),
    localization: {
      language: signal(language),
      extensionLanguage: signal(language),
      currency: signal({ isoCode: data.currency }),
      country: signal({ isoCode: data.countryCode }),
      market: signal(undefined),
      timezone: signal(data.timezone),
    },
    i18n,
    storage,
    analytics: { publish: () => Promise.resolve(true), visitor: () => Promise.resolve({ type: 'success' }) },
    customerPrivacy: signal({
      allowedProcessing: { analytics: true, marketing: true, preferences: true, saleOfData: true },
      metafields: [],
      visitorConsent: {},
      shouldShowBanner: false,
      saleOfDataRegion: false,
    }),
    query: () => Promise.reject(new Error('The Storefront API is not played by the stand-in store.')),
    ...(data.checkout === null
      ? {
          authenticatedAccount: {
            customer: signal(data.customer ?? undefined),
            purchasingCompany: signal(undefined),
          },
          ...(data.order !== undefined && { order: signal(data.order) }),
        }
      : checkoutApi(data.checkout)),
    extend: (target: string, render: (...args: unknown[]) => unknown) => {
      if (target === data.target) void start(render);
    },
    setSignals: (Signal: SignalClass) => {
      RealSignal = Signal;
      Object.assign(api, { ...buildApi(), extend: api.extend, setSignals: api.setSignals });
    },
  };
}

function checkoutApi(checkout: CheckoutData) {
  const money = (what: keyof CheckoutData['cost']) => signal(checkout.cost[what]);
  return {
    cost: {
      subtotalAmount: money('subtotal'),
      totalShippingAmount: money('shipping'),
      totalAmount: money('total'),
      totalTaxAmount: money('tax'),
    },
    buyerIdentity: {
      customer: signal(data.customer ?? undefined),
      email: signal(checkout.email ?? undefined),
      phone: signal(undefined),
      purchasingCompany: signal(undefined),
    },
    checkoutToken: signal(checkout.checkoutToken),
    lines: signal(checkout.lines),
    discountCodes: signal(checkout.discountCode === null ? [] : [{ code: checkout.discountCode }]),
    discountAllocations: signal(checkout.discountAllocations),
    attributes: signal(checkout.attributes),
    appMetafields: signal([]),
    metafields: signal([]),
    note: signal(undefined),
    shippingAddress: signal(undefined),
    billingAddress: signal(undefined),
    instructions: signal({
      attributes: { canUpdateAttributes: true },
      discounts: { canUpdateDiscountCodes: true },
      lines: { canAddCartLine: false, canRemoveCartLine: false, canUpdateCartLine: false },
      delivery: { canSelectCustomAddress: true },
      notes: { canUpdateNote: false },
      metafields: { canSetCartMetafields: false, canDeleteCartMetafield: false },
    }),
    applyDiscountCodeChange: ({ type, code }: DiscountChange) =>
      change('code', { code: type === 'addDiscountCode' ? code : null }),
    applyAttributeChange: ({ type, key, value }: AttributeChange) =>
      change('attribute', { name: key, value: type === 'removeAttribute' ? '' : (value ?? '') }),
  };
}

const api = buildApi();
Object.defineProperty(globalThis, 'shopify', { value: api });
/**
 * The bundle carries the app's address from its build, which may have been made for another one. Its requests to the app's
 * API go to the app this store knows.
 */
const nativeFetch = window.fetch.bind(window);
window.fetch = async (input, init) => {
  const request = new Request(input, init);
  const url = new URL(request.url);
  if (url.origin === location.origin || !url.pathname.startsWith('/api/')) return nativeFetch(request);
  const { method, headers, signal } = request;
  // A stream can't be sent to a server without HTTP/2, so the body goes as text.
  const body = method === 'GET' ? null : await request.text();
  return nativeFetch(new URL(url.pathname + url.search, data.appUrl), { method, headers, signal, body });
};
/** A bundle built without any address asks for it here. */
Object.defineProperty(globalThis, 'process', { value: { env: { APP_URL: data.appUrl } } });

async function start(render: (...args: unknown[]) => unknown): Promise<void> {
  try {
    await render(api);
  } catch (error) {
    console.error('The extension failed.', error);
  }
  reportHeight();
}

function reportHeight(): void {
  tellPage({ kind: 'height', height: document.documentElement.querySelector('body')?.scrollHeight ?? 0 });
}

defineElements();
new MutationObserver(reportHeight).observe(document.documentElement, {
  childList: true,
  subtree: true,
  characterData: true,
  attributes: true,
});
new ResizeObserver(reportHeight).observe(document.documentElement);
