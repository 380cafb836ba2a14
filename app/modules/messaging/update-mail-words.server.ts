import { mailWordsSchema, wordsFor, type MailWords } from '~/emails/words';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { previewTemplate } from './preview-template.server';
import type { MailLocale, TemplateKey } from './types';

/**
 * Puts the merchant's words in the place of ours, for mails rendered from now on; those equal to ours are forgotten, so
 * that they follow our improvements. Other words are a new version, by whom and when; former ones stay to be brought back.
 * Idempotent. Throws an AppError that says what to change when the Liquid can't be read
 * or names something no mail can fill: that must come up here, never in a customer's inbox.
 */
export async function updateMailWords(
  tx: Tx,
  input: {
    shopId: number;
    templateKey: TemplateKey;
    locale: MailLocale;
    words: MailWords;
    staff: string;
    now: Date;
  },
): Promise<void> {
  const { shopId, templateKey, locale, staff, now } = input;
  const parsed = mailWordsSchema.safeParse(input.words);
  if (!parsed.success)
    throw invalid(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const preview = await previewTemplate(tx, { shopId, templateKey, locale, words: parsed.data });
  if (preview.missing.length > 0)
    throw invalid(preview.missing.map((path) => `nothing can fill {{ ${path} }}`));
  const original = new Map<string, unknown>(Object.entries(wordsFor(templateKey, locale)));
  const own = Object.fromEntries(
    Object.entries(parsed.data).filter(
      ([part, text]) => JSON.stringify(text) !== JSON.stringify(original.get(part)),
    ),
  );
  // Two at once: the second waits for the first, and follows it.
  await tx.$executeRaw`
    WITH changed AS (
      INSERT INTO email_words AS w (shop_id, template_key, locale, words, version, updated_at)
      VALUES (${shopId}, ${templateKey}, ${locale}, ${JSON.stringify(own)}::jsonb, 1, ${now})
      ON CONFLICT (shop_id, template_key, locale)
        DO UPDATE SET words = excluded.words, version = w.version + 1, updated_at = excluded.updated_at
        WHERE w.words <> excluded.words
      RETURNING *)
    INSERT INTO email_word_versions (shop_id, template_key, locale, version, words, staff, created_at)
    SELECT shop_id, template_key, locale, version, words, ${staff}, updated_at FROM changed`;
}

function invalid(reasons: string[]): AppError {
  const text = reasons.join('; ');
  return new AppError('invalid', {
    message: `mail words refused: ${text}`,
    userMessage: `Please change this text: ${text}.`,
  });
}
