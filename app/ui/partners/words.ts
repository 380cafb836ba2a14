import type { MailLocale } from '~/modules/messaging/types';
import de from './i18n/de.json';
import en from './i18n/en.json';
import fr from './i18n/fr.json';

/** The language of a page, and how its numbers, money and dates are written (`de-CH` differs from `de`). */
export interface PartnerLocale {
  mail: MailLocale;
  format: string;
}

type Leaves<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Leaves<Node[Key]>}`;
}[keyof Node & string];

/** Every text of the pages for affiliates, by its place in `i18n/<language>.json`. */
export type PartnerText = Leaves<typeof en>;
export type PartnerWords = (key: PartnerText, values?: Record<string, string>) => string;

// The type says that no language lacks a text.
const catalogues: Record<MailLocale, typeof en> = { en, de, fr };

/** The words of a language. */
export function partnerWords({ mail }: PartnerLocale): PartnerWords {
  const texts = new Map(entries(catalogues[mail]));
  return (key, values = {}) =>
    (texts.get(key) ?? key).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
}

function entries(node: object, prefix = ''): [string, string][] {
  return Object.entries(node).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return [[`${prefix}${name}`, value]];
    return typeof value === 'object' && value !== null ? entries(value, `${prefix}${name}.`) : [];
  });
}
