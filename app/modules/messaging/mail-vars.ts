import { readableOn } from '~/emails/readable-on';
import { decimal, formatMoney } from '~/platform/money';
import { formatCount, type ChosenLocale } from './locale';
import type { CartInMail, MessageKind, TemplateKey, WithheldReason } from './types';

export interface VarsInput {
  kind: MessageKind;
  templateKey: TemplateKey;
  token: string;
  appUrl: string;
  locale: ChosenLocale;
  shop: {
    name: string;
    address: string | null;
    logoUrl: string | null;
    brandColor: string;
    currency: string;
  };
  customer: { firstName: string | null; points: number };
  cart: CartInMail | null;
  signInUrl?: string | null; // into the affiliates' portal
}

/** Everything Liquid may fill in. A value that may be missing is null, so that `{% if %}` works; anything else is an error. */
export interface MailVars {
  [part: string]: unknown;
  mail: { marketing: boolean };
  shop: { name: string; address: string | null; logoUrl: string | null; color: string; onColor: string };
  customer: { firstName: string | null };
  points: { balance: string; positive: boolean };
  cart?: CartVars;
  links: { cart?: string; signIn?: string; shop: string; unsubscribe: string | null };
}

interface CartVars {
  lines: {
    title: string;
    variant: string | null;
    quantity: number;
    total: string;
    imageUrl: string | null;
  }[];
  more: number;
  total: string;
}

const linesShown = 5;
const closedStates = new Set(['recovered', 'ordered', 'replaced', 'deleted']);

/** What goes into a mail, or why it must not go out. Pure. */
export function planVars(input: VarsInput): { vars: MailVars } | { withhold: WithheldReason } {
  const { templateKey, token, appUrl, locale, shop, customer } = input;
  const aboutCart = templateKey.startsWith('abandoned_checkout.');
  const link = (target: 'cart' | 'shop') => `${appUrl}/r/${token}?u=${target}`;
  const vars: MailVars = {
    mail: { marketing: input.kind !== 'transactional' },
    shop: {
      name: oneLine(shop.name),
      address: shop.address ? oneLine(shop.address, 500) : null,
      logoUrl: shop.logoUrl ? pictureUrl(shop.logoUrl, 440) : null,
      color: shop.brandColor,
      onColor: readableOn(shop.brandColor),
    },
    customer: { firstName: customer.firstName ? oneLine(customer.firstName, 60) || null : null },
    points: {
      balance: formatCount(customer.points, locale.format),
      positive: customer.points > 0,
    },
    links: {
      shop: link('shop'),
      unsubscribe: input.kind === 'transactional' ? null : `${appUrl}/unsubscribe/${token}`,
    },
  };
  if (templateKey === 'affiliate_sign_in') {
    const { signInUrl } = input;
    if (!signInUrl) return { withhold: 'missing_value: links.signIn' };
    return { vars: { ...vars, links: { ...vars.links, signIn: signInUrl } } };
  }
  if (!aboutCart) return { vars };
  if (!input.cart || input.cart.lines.length === 0) return { withhold: 'missing_value: cart' };
  if (closedStates.has(input.cart.state)) return { withhold: 'cart_closed' };
  if (!input.cart.recoveryUrl) return { withhold: 'missing_value: cart.recoveryUrl' };
  return {
    vars: {
      ...vars,
      cart: cartVars(input.cart, shop.currency, locale),
      links: { ...vars.links, cart: link('cart') },
    },
  };
}

function cartVars(cart: CartInMail, shopCurrency: string, locale: ChosenLocale): CartVars {
  const currency = cart.presentmentCurrency ?? shopCurrency;
  const shown = cart.lines.slice(0, linesShown);
  return {
    lines: shown.map((line) => ({
      title: oneLine(line.title),
      variant: line.variantTitle ? oneLine(line.variantTitle) || null : null,
      quantity: line.quantity,
      total: formatMoney(decimal(line.price).times(line.quantity), currency, locale.format),
      imageUrl: line.imageUrl ? pictureUrl(line.imageUrl, 144) : null,
    })),
    more: cart.lines.length - shown.length,
    total: formatMoney(cart.presentmentTotal, currency, locale.format),
  };
}

/** Text of others on one line, without control characters, not longer than a mail can bear. */
function oneLine(text: string, limit = 200): string {
  // eslint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ').trim();
  return clean.length > limit ? `${clean.slice(0, limit - 1).trimEnd()}…` : clean;
}

/**
 * Only pictures that every mail client may load: https, or this machine's own, which is where the stand-in store has them.
 * Shopify's own server makes them the size we show.
 */
function pictureUrl(address: string, width: number): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || (url.protocol !== 'https:' && url.origin !== `http://localhost:${url.port}`)) return null;
  if (url.hostname === 'cdn.shopify.com') url.searchParams.set('width', String(width));
  return url.toString();
}
