import { readableOn } from '~/emails/readable-on';
import { decimal, formatMoney } from '~/platform/money';
import { formatCount, type ChosenLocale } from './locale';
import { planLoyaltyVars, type LoyaltyVars } from './loyalty-vars';
import { oneLine } from './one-line';
import { isAboutReferral, planReferralVars, type ReferralVars } from './referral-vars';
import type {
  CartInMail,
  LoyaltyInMail,
  MessageKind,
  ReferralInMail,
  TemplateKey,
  WithheldReason,
} from './types';

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
  loyalty: LoyaltyInMail | null;
  referral?: ReferralInMail | null;
  signInUrl?: string | null; // into the affiliates' portal
}

/** Everything Liquid may fill in. A value that may be missing is null, so that `{% if %}` works; anything else is an error. */
export interface MailVars extends LoyaltyVars {
  [part: string]: unknown;
  mail: { marketing: boolean };
  shop: { name: string; address: string | null; logoUrl: string | null; color: string; onColor: string };
  customer: { firstName: string | null };
  points: { balance: string; positive: boolean };
  cart?: CartVars;
  referral?: ReferralVars;
  links: {
    cart?: string;
    signIn?: string;
    referral?: string;
    share?: string;
    shop: string;
    unsubscribe: string | null;
  };
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
  const vars = commonVars(input);
  if (input.templateKey.startsWith('abandoned_checkout.')) return withCart(vars, input);
  if (input.templateKey === 'affiliate_sign_in') return withSignIn(vars, input);
  if (isAboutReferral(input.templateKey)) return withReferral(vars, input);
  const loyalty = planLoyaltyVars(input);
  return 'withhold' in loyalty ? loyalty : { vars: { ...vars, ...loyalty } };
}

type Planned = ReturnType<typeof planVars>;

function commonVars(input: VarsInput): MailVars {
  const { token, appUrl, locale, shop, customer } = input;
  return {
    mail: { marketing: input.kind !== 'transactional' },
    shop: {
      name: oneLine(shop.name),
      address: shop.address ? oneLine(shop.address, 500) : null,
      logoUrl: shop.logoUrl ? pictureUrl(shop.logoUrl, 440) : null,
      color: shop.brandColor,
      onColor: readableOn(shop.brandColor),
    },
    customer: { firstName: customer.firstName ? givenName(customer.firstName) : null },
    points: {
      balance: formatCount(customer.points, locale.format),
      positive: customer.points > 0,
    },
    links: {
      shop: linkTo('shop', input),
      unsubscribe: input.kind === 'transactional' ? null : `${appUrl}/unsubscribe/${token}`,
    },
  };
}

/**
 * A name to greet somebody by. Anybody can enter any address with any name at a checkout, so one that mail programs would make
 * a link of is none: our mails, from the shop's own sender, would carry it.
 */
function givenName(text: string): string | null {
  const name = oneLine(text, 60);
  return name === '' || /[/@]|\w\.[a-z]{2}/i.test(name) ? null : name;
}

function linkTo(target: 'cart' | 'shop', { appUrl, token }: VarsInput): string {
  return `${appUrl}/r/${token}?u=${target}`;
}

function withSignIn(vars: MailVars, { signInUrl }: VarsInput): Planned {
  if (!signInUrl) return { withhold: 'missing_value: links.signIn' };
  return { vars: { ...vars, links: { ...vars.links, signIn: signInUrl } } };
}

function withReferral(vars: MailVars, input: VarsInput): Planned {
  const planned = planReferralVars(input);
  if ('withhold' in planned) return planned;
  const { link, ...referral } = planned;
  const links = link === null ? {} : { referral: link, share: `mailto:?body=${encodeURIComponent(link)}` };
  return { vars: { ...vars, referral, links: { ...vars.links, ...links } } };
}

/**
 * What of these is kept with the mail: all but the link into the portal, which opens it for whoever reads it. In its place
 * stands the portal's own page, which opens nothing.
 */
export function varsToKeep(vars: MailVars, appUrl: string): MailVars {
  if (vars.links.signIn === undefined) return vars;
  return { ...vars, links: { ...vars.links, signIn: `${appUrl}/portal` } };
}

function withCart(vars: MailVars, input: VarsInput): Planned {
  if (!input.cart || input.cart.lines.length === 0) return { withhold: 'missing_value: cart' };
  if (closedStates.has(input.cart.state)) return { withhold: 'cart_closed' };
  if (!input.cart.recoveryUrl) return { withhold: 'missing_value: cart.recoveryUrl' };
  return {
    vars: {
      ...vars,
      cart: cartVars(input.cart, input.shop.currency, input.locale),
      links: { ...vars.links, cart: linkTo('cart', input) },
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
