/** Shopify's question whether the app may do more, and what comes of it. */
import type { ScopesAnswer, ScopesDetail } from './messages';

async function fetchList(address: string, name: string): Promise<string[]> {
  const body: unknown = await (await fetch(address)).json();
  const list: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : [];
  return Array.isArray(list) ? list.map(String) : [];
}

async function fetchDetail(shop: string): Promise<ScopesDetail> {
  return {
    granted: await fetchList(`/control/${shop}`, 'scopes'),
    required: await fetchList('/control/config', 'scopes'),
    optional: await fetchList('/control/config', 'optionalScopes'),
  };
}

function element(tag: string, text: string, className = ''): HTMLElement {
  return Object.assign(document.createElement(tag), { textContent: text, className });
}

/** Resolves once the merchant has pressed a button, or left. */
function ask(wanted: readonly string[]): Promise<boolean> {
  const dialog = document.createElement('dialog');
  dialog.className = 'card scopes';
  dialog.setAttribute('aria-label', 'Permissions');
  const list = document.createElement('ul');
  list.append(...wanted.map((scope) => element('li', scope.replaceAll('_', ' '))));
  const form = document.createElement('form');
  form.method = 'dialog';
  const allow = element('button', 'Allow', 'primary');
  allow.setAttribute('value', 'allow');
  form.append(element('button', 'Not now'), allow);
  dialog.append(element('h2', 'Perennial wants these permissions'), list, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'allow');
    });
  });
}

/** Like Shopify: only what the app's configuration names as optional can be asked for; what is granted is not asked again. */
export async function askMerchant(shop: string, wanted: readonly string[]): Promise<ScopesAnswer | string> {
  const before = await fetchDetail(shop);
  const strange = wanted.find((scope) => !before.optional.includes(scope));
  if (strange !== undefined) return `The scope ${strange} is not declared as optional.`;
  const missing = wanted.filter((scope) => !before.granted.includes(scope));
  if (missing.length === 0) return { result: 'granted-all', detail: before };
  if (!(await ask(missing))) return { result: 'declined-all', detail: before };
  await fetch(`/control/${shop}/scopes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scopes: [...before.granted, ...missing] }),
  });
  return { result: 'granted-all', detail: await fetchDetail(shop) };
}
