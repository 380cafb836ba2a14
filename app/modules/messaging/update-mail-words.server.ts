import { mailWordsSchema, wordsFor, type MailWords } from '~/emails/words';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { previewTemplate } from './preview-template.server';
import type { MailLocale, TemplateKey } from './types';

/**
 * Puts the merchant's words in the place of ours, for mails rendered from now on; those equal to ours are forgotten, so
 * that they follow our improvements. Idempotent. Throws an AppError that says what to change when the Liquid can't be read
 * or names something no mail can fill: that must come up here, never in a customer's inbox.
 */
export async function updateMailWords(
  tx: Tx,
  input: { shopId: number; templateKey: TemplateKey; locale: MailLocale; words: MailWords; now: Date },
): Promise<void> {
  const { shopId, templateKey, locale, now } = input;
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
  await tx.$executeRaw`
    INSERT INTO email_words (shop_id, template_key, locale, words, updated_at)
    VALUES (${shopId}, ${templateKey}, ${locale}, ${JSON.stringify(own)}::jsonb, ${now})
    ON CONFLICT (shop_id, template_key, locale) DO UPDATE SET words = excluded.words, updated_at = excluded.updated_at`;
}

function invalid(reasons: string[]): AppError {
  const text = reasons.join('; ');
  return new AppError('invalid', {
    message: `mail words refused: ${text}`,
    userMessage: `Please change this text: ${text}.`,
  });
}
