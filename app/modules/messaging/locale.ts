import { formatMoney } from '~/platform/money';
import { mailLocales, type MailLocale, type OfferInMail } from './types';

/** The language of a mail, and how numbers and money are written in it (`de-CH` differs from `de-DE`). */
export interface ChosenLocale {
  mail: MailLocale;
  format: string;
}

/** The first of these that we have words for; English when there is none. Accepts what Shopify sends: `de`, `fr-CA`, `pt_BR`. */
export function chooseLocale(candidates: (string | null | undefined)[]): ChosenLocale {
  for (const candidate of candidates) {
    const format = candidate?.replaceAll('_', '-');
    const mail = mailLocales.find((known) => format?.toLowerCase().split('-')[0] === known);
    if (mail && format) return { mail, format: isUsable(format) ? format : mail };
  }
  return { mail: 'en', format: 'en' };
}

function isUsable(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A day (`YYYY-MM-DD`) as people write it, e.g. "1 May 2026". */
export function formatDay(day: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

const formatters = new Map<string, Intl.NumberFormat>();

/** A whole number as people write it. Formatters are kept: making one costs more than everything else in a mail. */
export function formatCount(count: number, locale: string): string {
  const formatter = formatters.get(locale) ?? new Intl.NumberFormat(locale);
  if (formatters.size < 500) formatters.set(locale, formatter);
  return formatter.format(count);
}

/** What a friend gets, e.g. "€10.00" or "15%". */
export function formatOffer(
  { kind, value }: Pick<OfferInMail, 'kind' | 'value'>,
  { currency, locale }: { currency: string; locale: string },
): string {
  if (kind === 'amount_off') return formatMoney(value, currency, locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  return percent.format(Number(value) / 100);
}
