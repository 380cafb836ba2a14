import { Decimal } from 'decimal.js';

export { Decimal };

/** Anything that stands for an exact amount. Never a float: Shopify sends decimal strings, the database gives decimals. */
export type Amount = Decimal | string | { toString(): string };

/** An exact decimal. Throws on text that is not a number. */
export function decimal(amount: Amount): Decimal {
  return new Decimal(amount.toString());
}

/** The sum, exact; 0 for nothing. */
export function sum(amounts: Iterable<Amount>): Decimal {
  let total = new Decimal(0);
  for (const amount of amounts) total = total.plus(decimal(amount));
  return total;
}

/** `part / whole`, 0 when the whole is 0. */
export function ratio(part: Amount, whole: Amount): Decimal {
  const divisor = decimal(whole);
  return divisor.isZero() ? new Decimal(0) : decimal(part).dividedBy(divisor);
}

/**
 * An amount as people write it, e.g. `formatMoney('1234.5', 'EUR', 'de')` = "1.234,50 €". The currency decides the number
 * of decimals (JPY has none). An unknown currency or locale falls back to "1234.50 XYZ".
 */
export function formatMoney(amount: Amount, currency: string, locale: string): string {
  const exact = decimal(amount);
  try {
    // Intl takes decimal strings without going through a float, but TypeScript's library does not know it yet everywhere.
    return formatter(currency, locale).format(exact.toNumber());
  } catch {
    return `${exact.toFixed(2)} ${currency}`;
  }
}

const formatters = new Map<string, Intl.NumberFormat>();

/** Making one costs fifty times as much as using it, and a delivery of mails uses the same few thousands of times. */
function formatter(currency: string, locale: string): Intl.NumberFormat {
  const name = `${locale} ${currency}`;
  const known = formatters.get(name);
  if (known) return known;
  const created = new Intl.NumberFormat(locale, { style: 'currency', currency });
  if (formatters.size > 500) formatters.clear();
  formatters.set(name, created);
  return created;
}

/** An amount in whole units of what its currency has (EUR 2 decimals, JPY none), halves away from 0. */
export function roundMoney(amount: Decimal, currency: string): Decimal {
  return amount.toDecimalPlaces(decimalsOf(currency), Decimal.ROUND_HALF_UP);
}

/** How many decimals amounts of a currency have: EUR 2, JPY none. */
export function decimalsOf(currency: string): number {
  try {
    return formatter(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}
