/** The admin page around the embedded app: gives it tokens, mirrors its navigation, shows toasts and the save bar. */
import { askMerchant } from './scopes-dialog';
import { TO_FRAME, unwrap, wrap, type NavItem, type ToApp, type ToFrame } from './messages';

const frame = document.querySelector<HTMLIFrameElement>('#app-frame');
const shop = document.body.dataset['shop'] ?? '';
const nav = document.querySelector('#app-nav');
const toast = document.querySelector<HTMLElement>('#toast');
const saveBar = document.querySelector<HTMLElement>('#save-bar');
const title = document.querySelector<HTMLElement>('#app-title');
const titleActions = document.querySelector('#app-actions');
const progress = document.querySelector<HTMLElement>('#progress');

function tell(message: ToApp): void {
  frame?.contentWindow?.postMessage(wrap(message), '*');
}

async function giveToken(request: number): Promise<void> {
  const response = await fetch(`/control/admin-token?shop=${encodeURIComponent(shop)}`);
  const body: unknown = await response.json();
  if (typeof body === 'object' && body !== null && 'token' in body && typeof body.token === 'string') {
    tell({ kind: 'token', request, token: body.token });
  }
}

let items: readonly NavItem[] = [];
let path = '';

function showNav(): void {
  const links = items.map((item) => {
    const link = document.createElement('a');
    link.href = `/admin/${shop}/apps/perennial${item.href.replace(/^\/app/, '')}`;
    link.textContent = item.label;
    const here = path.split('?')[0] ?? '';
    if (here === item.href || here.startsWith(`${item.href}/`)) link.setAttribute('aria-current', 'page');
    link.addEventListener('click', (event) => {
      event.preventDefault();
      tell({ kind: 'navigate', href: item.href });
    });
    return link;
  });
  nav?.replaceChildren(...links);
}

function showPath(next: string): void {
  path = next;
  const url = new URL(next, 'http://app');
  if (!url.pathname.startsWith('/app')) return;
  for (const name of ['embedded', 'shop', 'host', 'id_token', 'locale', 'session', 'timestamp', 'hmac'])
    url.searchParams.delete(name);
  history.replaceState(
    null,
    '',
    `/admin/${shop}/apps/perennial${url.pathname.replace(/^\/app/, '')}${url.search}`,
  );
  showNav();
}

let toastTimer = 0;
function showToast(message: string, isError: boolean): void {
  if (toast === null) return;
  toast.textContent = message;
  toast.dataset['error'] = String(isError);
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = window.setTimeout(() => (toast.hidden = true), 5000);
}

function showTitle(message: Extract<ToFrame, { kind: 'title' }>): void {
  if (title !== null) title.textContent = message.title === '' ? 'Perennial' : message.title;
  const buttons = message.actions.map((action) => {
    const button = document.createElement('button');
    button.textContent = action.label;
    button.className = action.primary ? 'primary' : '';
    button.addEventListener('click', () => tell({ kind: 'titleAction', index: action.index }));
    return button;
  });
  titleActions?.replaceChildren(...buttons);
}

function open(url: string): void {
  location.href = url.replace(/^shopify:\/*admin/, `/admin/${shop}`);
}

window.addEventListener('message', (event) => {
  if (event.source !== frame?.contentWindow) return;
  const message = unwrap<ToFrame>(event.data, TO_FRAME);
  if (message === null) return;
  if (message.kind === 'token') void giveToken(message.request);
  else if (message.kind === 'nav') {
    items = message.items;
    showNav();
  } else if (message.kind === 'path') showPath(message.path);
  else if (message.kind === 'toast') showToast(message.message, message.isError);
  else if (message.kind === 'saveBar' && saveBar !== null) saveBar.hidden = !message.visible;
  else if (message.kind === 'loading' && progress !== null) progress.hidden = !message.loading;
  else if (message.kind === 'title') showTitle(message);
  else if (message.kind === 'open') open(message.url);
  else if (message.kind === 'scopes')
    void askMerchant(shop, message.wanted).then((answer) =>
      tell({ kind: 'scopes', request: message.request, answer }),
    );
});

document.querySelector('#save')?.addEventListener('click', () => tell({ kind: 'save' }));
document.querySelector('#discard')?.addEventListener('click', () => tell({ kind: 'discard' }));

document
  .querySelectorAll<HTMLElement>('[data-menu]')
  .forEach((button) => button.addEventListener('click', () => document.body.classList.toggle('menu-open')));
