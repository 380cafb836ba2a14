/** The stand-in for Shopify's App Bridge script: `window.shopify` inside the embedded app. */
import { TO_APP, unwrap, wrap, type ScopesAnswer, type ToApp, type ToFrame } from './messages';
import { defineElements, saveBars } from './app-bridge-elements';

const script = document.currentScript;
const scriptUrl = new URL(
  script instanceof HTMLScriptElement && script.src !== '' ? script.src : location.href,
);
const storeOrigin = script?.dataset['storeOrigin'] ?? scriptUrl.origin;
const framed = window.parent !== window;
const nativeFetch = window.fetch.bind(window);

function remembered(name: string): string {
  const fromUrl = new URLSearchParams(location.search).get(name);
  const key = `standin-${name}`;
  if (fromUrl !== null) sessionStorage.setItem(key, fromUrl);
  return fromUrl ?? sessionStorage.getItem(key) ?? '';
}

const config = {
  apiKey:
    script?.dataset['apiKey'] ??
    document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]')?.content ??
    '',
  shop: remembered('shop'),
  host: remembered('host'),
  locale: remembered('locale') || 'en',
};

function tell(message: ToFrame): void {
  if (framed) window.parent.postMessage(wrap(message), '*');
}

let lastRequest = 0;
const waiting = new Map<number, (token: string) => void>();
let held: { token: string; until: number } | null = null;

async function fetchToken(): Promise<string> {
  if (!framed) {
    const response = await nativeFetch(
      `${storeOrigin}/control/admin-token?shop=${encodeURIComponent(config.shop)}`,
    );
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string')
      return body.token;
    throw new Error('The stand-in store gave no token.');
  }
  lastRequest += 1;
  const request = lastRequest;
  return new Promise((resolve) => {
    waiting.set(request, resolve);
    tell({ kind: 'token', request });
  });
}

const asked = new Map<number, (answer: ScopesAnswer | string) => void>();

/** The frame asks the merchant; with nothing wanted it only tells. A sentence is why it can't be asked for. */
async function askForScopes(wanted: readonly string[]): Promise<ScopesAnswer> {
  lastRequest += 1;
  const request = lastRequest;
  const answer = await new Promise<ScopesAnswer | string>((resolve) => {
    asked.set(request, resolve);
    tell({ kind: 'scopes', request, wanted });
  });
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}

const TOKEN_KEPT_MS = 45_000;

async function idToken(): Promise<string> {
  if (held === null || held.until < Date.now())
    held = { token: await fetchToken(), until: Date.now() + TOKEN_KEPT_MS };
  return held.token;
}

function isOwn(url: URL): boolean {
  return url.origin === location.origin;
}

async function authorizedFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  if (!isOwn(new URL(request.url)) || request.headers.has('authorization')) return nativeFetch(request);
  const send = async () => {
    const authorized = new Request(request.clone());
    authorized.headers.set('Authorization', `Bearer ${await idToken()}`);
    authorized.headers.set('X-Requested-With', 'XMLHttpRequest');
    return nativeFetch(authorized);
  };
  const response = await send();
  if (!response.headers.has('X-Shopify-Retry-Invalid-Session-Request')) return response;
  held = null;
  return send();
}

window.addEventListener('message', (event) => {
  if (event.source !== window.parent) return;
  const message = unwrap<ToApp>(event.data, TO_APP);
  if (message === null) return;
  if (message.kind === 'token') {
    waiting.get(message.request)?.(message.token);
    waiting.delete(message.request);
  } else if (message.kind === 'scopes') {
    asked.get(message.request)?.(message.answer);
    asked.delete(message.request);
  } else if (message.kind === 'navigate') {
    navigate(message.href);
  } else if (message.kind === 'titleAction') {
    document.querySelectorAll<HTMLElement>('ui-title-bar > button, ui-title-bar > a')[message.index]?.click();
  } else {
    saveBars.answer(message.kind);
  }
});

/** As App Bridge does it: an event on a link, which the app's router takes; without a router the page moves. */
function navigate(href: string): void {
  const link = [...document.querySelectorAll('ui-nav-menu a, s-app-nav s-link, s-app-nav a')].find(
    (item) => item.getAttribute('href') === href,
  );
  const target =
    link ?? document.body.appendChild(Object.assign(document.createElement('a'), { href, hidden: true }));
  const event = new CustomEvent('shopify:navigate', { bubbles: true, cancelable: true, detail: { href } });
  target.dispatchEvent(event);
  if (link === undefined) target.remove();
}

function reportPath(): void {
  tell({ kind: 'path', path: location.pathname + location.search });
}

for (const name of ['pushState', 'replaceState'] as const) {
  const original = history[name].bind(history);
  history[name] = (...args: Parameters<History['pushState']>) => {
    original(...args);
    reportPath();
  };
}
window.addEventListener('popstate', reportPath);

const nativeOpen = window.open.bind(window);
window.open = (url, target, features) => {
  const address = String(url ?? '');
  if (address.startsWith('shopify:') || target === '_top' || target === '_parent') {
    tell({ kind: 'open', url: address });
    return null;
  }
  return nativeOpen(url, target, features);
};

let lastToast = 0;
function showToast(
  message: string,
  options?: { isError?: boolean; onDismiss?: () => void; duration?: number },
): string {
  tell({ kind: 'toast', message, isError: options?.isError === true });
  lastToast += 1;
  if (options?.onDismiss !== undefined) setTimeout(options.onDismiss, options.duration ?? 5000);
  return `toast-${lastToast}`;
}

function refuse(what: string): () => Promise<never> {
  return () => Promise.reject(new Error(`${what} is not played by the stand-in store.`));
}

function elementWith(id: string, method: 'show' | 'hide' | 'toggle'): Promise<void> {
  const element = document.getElementById(id);
  if (element === null) return Promise.reject(new Error(`There is no element with the id "${id}".`));
  element.dispatchEvent(new CustomEvent(`standin:${method}`));
  return Promise.resolve();
}

const byId = {
  show: (id: string) => elementWith(id, 'show'),
  hide: (id: string) => elementWith(id, 'hide'),
  toggle: (id: string) => elementWith(id, 'toggle'),
};

async function extensions(): Promise<unknown> {
  const response = await nativeFetch(`${storeOrigin}/control/extensions`);
  return response.json();
}

const shopify = {
  config,
  origin: storeOrigin,
  ready: Promise.resolve(),
  environment: { mobile: false, embedded: framed, pos: false },
  setSignals: () => undefined,
  idToken,
  loading: (loading?: boolean) => tell({ kind: 'loading', loading: loading !== false }),
  user: () => Promise.resolve({ accountAccess: 'full' }),
  toast: { show: showToast, hide: () => undefined },
  saveBar: { ...byId, leaveConfirmation: () => saveBars.leaveConfirmation() },
  modal: byId,
  navigation: { navigate },
  app: { extensions },
  resourcePicker: refuse('The resource picker'),
  picker: refuse('The picker'),
  scanner: { capture: refuse('The scanner') },
  scopes: {
    query: async () => (await askForScopes([])).detail,
    request: askForScopes,
    revoke: refuse('shopify.scopes.revoke'),
  },
  intents: { invoke: refuse('shopify.intents') },
  webVitals: { onReport: () => undefined },
  reviews: {
    request: () =>
      Promise.resolve({ success: false, code: 'already-open', message: 'Not played by the stand-in store.' }),
  },
  support: { registerHandler: () => undefined },
};

Object.defineProperty(window, 'shopify', { value: shopify, configurable: true });
window.fetch = authorizedFetch;
defineElements(tell);

const reload = new URLSearchParams(location.search).get('shopify-reload');
if (reload !== null) {
  void idToken().then((token) => {
    const target = new URL(reload, location.origin);
    target.searchParams.set('id_token', token);
    if (isOwn(target)) location.replace(target.toString());
  });
} else {
  tell({ kind: 'ready' });
  reportPath();
}
