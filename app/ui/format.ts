import { formatMoney, type Amount } from '~/platform/money';
import type { ShopView } from '~/modules/insights/types';
import { t } from './i18n';

/** How money, numbers and times are written: in the shop's currency and time zone, and the reader's locale. */
export interface Format {
  currency: string;
  timeZone: string;
  /** Shop currency unless another one is given. */
  money: (amount: Amount, currency?: string) => string;
  number: (value: number) => string;
  signed: (value: number) => string;
  /** 0.123 as "12.3 %". */
  percent: (share: number) => string;
  /** A percentage as somebody set it, to the last digit: "12.25" as "12.25 %". */
  rate: (percent: string) => string;
  date: (iso: string) => string;
  dateTime: (iso: string) => string;
  /** A shop-local day, YYYY-MM-DD. */
  day: (day: string) => string;
  /** The month of a shop-local day, YYYY-MM-DD: "Nov 2026". */
  month: (day: string) => string;
  /** The name of a country from its code. */
  country: (code: string) => string;
  language: (code: string) => string;
}

/** Server and browser may know different sorts of space; the page must not change when the browser takes over. */
const plainSpaces = (text: string): string => text.replaceAll(/[\u202f\u00a0]/g, ' ');

export function createFormat(shop: Pick<ShopView, 'currency' | 'timeZone' | 'locale'>): Format {
  const { currency, timeZone } = shop;
  const locale = known(shop.locale);
  const number = (options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options);
  const time = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (iso: string) => plainSpaces(formatter.format(new Date(iso)));
  };
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const named = (type: 'region' | 'language') => {
    const names = new Intl.DisplayNames([locale], { type, fallback: 'code' });
    return (code: string) => nameOf(names, code);
  };
  return {
    currency,
    timeZone,
    money: (amount, other) => plainSpaces(formatMoney(amount, other ?? currency, locale)),
    number: (value) => plainSpaces(number().format(value)),
    signed: (value) => plainSpaces(number({ signDisplay: 'exceptZero' }).format(value)),
    percent: (share) => plainSpaces(number({ style: 'percent', maximumFractionDigits: 1 }).format(share)),
    rate: (percent) =>
      plainSpaces(number({ style: 'percent', maximumFractionDigits: 6 }).format(Number(percent) / 100)),
    date: time({ dateStyle: 'medium' }),
    dateTime: time({ dateStyle: 'medium', timeStyle: 'short' }),
    day: (text) => plainSpaces(day.format(new Date(`${text}T00:00:00Z`))),
    month: (text) => plainSpaces(month.format(new Date(`${text}T00:00:00Z`))),
    country: named('region'),
    language: named('language'),
  };
}

/**
 * For the admin, whose words are English: so are its months, countries and numbers, as in Shopify's own; a shop in
 * English has its own variety. "1.250" in a table must not stand beside "1,250" in a sentence.
 */
export function createAdminFormat(shop: Pick<ShopView, 'currency' | 'timeZone' | 'locale'>): Format {
  return createFormat({ ...shop, locale: shop.locale.startsWith('en') ? shop.locale : 'en' });
}

/** A span of time in one unit, rounded down: "3 days", "5 hours". */
export function formatSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return t('health.work.moment');
  return formatMinutes(
    minutes < 120 ? minutes : minutes < 2_880 ? minutes - (minutes % 60) : minutes - (minutes % 1_440),
  );
}

/** Minutes in the largest unit that divides them: 1440 is "1 day", 90 is "90 minutes". */
export function formatMinutes(minutes: number): string {
  if (minutes > 0 && minutes % 1_440 === 0) return t('common.day', { count: minutes / 1_440 });
  if (minutes > 0 && minutes % 60 === 0) return t('common.hour', { count: minutes / 60 });
  return t('common.minute', { count: minutes });
}

function known(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
