import { mailWordsSchema, type MailWords } from '~/emails/words';
import type { Tx } from '~/platform/db/index.server';

interface OwnWords {
  words: Partial<MailWords>;
  version: number;
}

/** The merchant's own words, by template and language (`win_back|de`). What no longer fits our mails is left out. */
export async function listOwnWords(tx: Tx, input: { shopId: number }): Promise<Map<string, OwnWords>> {
  const rows = await tx.emailWords.findMany({ where: { shopId: input.shopId } });
  return new Map(
    rows.flatMap((row) => {
      const words = mailWordsSchema.partial().safeParse(row.words);
      return words.success
        ? [[`${row.templateKey}|${row.locale}`, { words: words.data, version: row.version }]]
        : [];
    }),
  );
}
