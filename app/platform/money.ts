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
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(exact.toNumber());
  } catch {
    return `${exact.toFixed(2)} ${currency}`;
  }
}
