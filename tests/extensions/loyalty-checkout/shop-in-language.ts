import de from '../../../extensions/loyalty-checkout/locales/de.json';
import en from '../../../extensions/loyalty-checkout/locales/en.default.json';
import fr from '../../../extensions/loyalty-checkout/locales/fr.json';

export const catalogues = { en, de, fr };
export type Language = keyof typeof catalogues;

/** What Shopify does with a catalogue: picks the plural by `count`, fills in the placeholders. */
export function translator(language: Language) {
  return (key: string, options: Record<string, unknown> = {}): string => {
    const entry: unknown = Object.entries(catalogues[language]).find(([name]) => name === key)?.[1];
    const plural = new Intl.PluralRules(language).select(Number(options['count'] ?? 0));
    const text = typeof entry === 'string' ? entry : (entry as Record<string, string>)[plural];
    if (text === undefined) throw new Error(`no text for ${key} (${plural}) in ${language}`);
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(options[name]));
  };
}

export function numberFormatter(language: Language) {
  return (value: number | bigint): string => new Intl.NumberFormat(language).format(value);
}
