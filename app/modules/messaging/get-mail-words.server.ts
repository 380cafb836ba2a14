import { wordsFor, type MailWords } from '~/emails/words';
import type { Tx } from '~/platform/db/index.server';
import { listOwnWords } from './list-own-words.server';
import type { MailLocale, TemplateKey } from './types';

export interface EditableWords {
  /** As they are sent. */
  words: MailWords;
  /** Ours, for "back to the original". */
  original: MailWords;
  /** Which of them the merchant changed. */
  changed: string[];
}

/** The words of a mail in one language, the merchant's where there are some. */
export async function getMailWords(
  tx: Tx,
  input: { shopId: number; templateKey: TemplateKey; locale: MailLocale },
): Promise<EditableWords> {
  const { templateKey, locale } = input;
  const own = (await listOwnWords(tx, input)).get(`${templateKey}|${locale}`)?.words ?? {};
  return {
    words: wordsFor(templateKey, locale, own),
    original: wordsFor(templateKey, locale),
    changed: Object.keys(own),
  };
}
