import accountDe from '../../../extensions/loyalty-account/locales/de.json';
import accountEn from '../../../extensions/loyalty-account/locales/en.default.json';
import accountFr from '../../../extensions/loyalty-account/locales/fr.json';
import checkoutDe from '../../../extensions/loyalty-checkout/locales/de.json';
import checkoutEn from '../../../extensions/loyalty-checkout/locales/en.default.json';
import checkoutFr from '../../../extensions/loyalty-checkout/locales/fr.json';

// The words shoppers read, from where they read them: a preview with words of its own would be wrong one day.

const catalogues = {
  en: { checkout: checkoutEn, account: accountEn },
  de: { checkout: checkoutDe, account: accountDe },
  fr: { checkout: checkoutFr, account: accountFr },
} as const;

export const shopperLanguages = ['en', 'de', 'fr'] as const;
export type ShopperLanguage = (typeof shopperLanguages)[number];

export interface ShopperWords {
  say: (place: 'checkout' | 'account', key: string, values?: Record<string, string | number>) => string;
  number: (value: number) => string;
}

/** As Shopify does it for extensions: the plural by `count`, then the placeholders. */
export function shopperWords(language: ShopperLanguage): ShopperWords {
  return {
    say: (place, key, values = {}) => {
      const found = Object.entries(catalogues[language][place]).find(([name]) => name === key)?.[1];
      const plural = new Intl.PluralRules(language).select(Number(values.count ?? 0));
      const text = typeof found === 'object' ? (plural === 'one' ? found.one : found.other) : (found ?? '');
      return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
    },
    number: (value) => new Intl.NumberFormat(language).format(value),
  };
}
