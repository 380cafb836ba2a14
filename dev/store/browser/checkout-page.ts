/** Keeps the checkout up to date while the buyer types, as Shopify does: that is what makes it recoverable. */
import { unwrap } from './messages';

const form = document.querySelector<HTMLFormElement>('#checkout-form');
const data: unknown = JSON.parse(document.querySelector('#checkout-data')?.textContent ?? '{}');
const base =
  typeof data === 'object' && data !== null && 'url' in data && typeof data.url === 'string' ? data.url : '';

async function save(): Promise<void> {
  if (form === null) return;
  const fields = new FormData(form);
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  const email = form.querySelector<HTMLInputElement>('[name="email"]');
  if (email === null || email.value === '' || !email.checkValidity()) return;
  await fetch(`${base}/save`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: text('email'),
      acceptsMarketing: fields.get('acceptsMarketing') === '1',
      address: {
        firstName: text('firstName'),
        lastName: text('lastName'),
        address1: text('address1'),
        zip: text('zip'),
        city: text('city'),
      },
    }),
  });
}

form?.addEventListener('change', () => void save());

type FromExtension = { readonly kind: 'height'; readonly height: number } | { readonly kind: 'reload' };

window.addEventListener('message', (event) => {
  const frame = document.querySelector<HTMLIFrameElement>('#extension');
  if (frame === null || event.source !== frame.contentWindow) return;
  const message = unwrap<FromExtension>(event.data, ['height', 'reload']);
  if (message?.kind === 'height') frame.style.height = `${message.height}px`;
  if (message?.kind === 'reload') location.reload();
});
