import { mailWordsSchema, wordsFor, type MailWords } from '~/emails/words';
import type { Tx } from '~/platform/db/index.server';
import type { MailLocale, TemplateKey } from './types';

interface WordVersion {
  version: number;
  words: MailWords;
  staff: string | null; // null: from before versions were kept
  createdAt: Date;
}

/** What the merchant's words for a mail were and are, the latest 50 versions, newest first. What no longer fits our mails is left out. */
export async function listWordVersions(
  tx: Tx,
  input: { shopId: number; templateKey: TemplateKey; locale: MailLocale },
): Promise<WordVersion[]> {
  const { shopId, templateKey, locale } = input;
  const rows = await tx.emailWordVersion.findMany({
    where: { shopId, templateKey, locale },
    orderBy: { version: 'desc' },
    take: 50,
  });
  return rows.flatMap(({ version, words, staff, createdAt }) => {
    const own = mailWordsSchema.partial().safeParse(words);
    return own.success ? [{ version, words: wordsFor(templateKey, locale, own.data), staff, createdAt }] : [];
  });
}
