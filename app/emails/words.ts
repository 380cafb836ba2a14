import { z } from 'zod';
import type { MailLocale, TemplateKey } from '~/modules/messaging/types';
import de from './i18n/de.json';
import en from './i18n/en.json';
import fr from './i18n/fr.json';

const line = (limit: number) => z.string().trim().min(1).max(limit);

/** The words of one mail, Liquid and all. A merchant may replace any of them. */
export const mailWordsSchema = z.object({
  subject: line(200),
  preheader: line(200),
  heading: line(200),
  body: z.array(line(2_000)).min(1).max(10),
  button: line(60),
  closing: z.array(line(2_000)).max(5),
});

export type MailWords = z.infer<typeof mailWordsSchema>;
export type Catalogue = typeof en;

const catalogues: Record<MailLocale, Catalogue> = { en, de, fr };

export function catalogue(locale: MailLocale): Catalogue {
  return catalogues[locale];
}

/** Our words for a mail, with the merchant's in their place where there are some. */
export function wordsFor(key: TemplateKey, locale: MailLocale, own: Partial<MailWords> = {}): MailWords {
  return { ...catalogues[locale].templates[key], ...own };
}
