import { z } from 'zod';
import { firstErrors } from '../draft-fields';
import { t } from '../i18n';

// What stands in the fields of a mail's words, and what it means. Used by the page to mark mistakes at once and by its
// action, which trusts nobody.

const mostParagraphs = 10;
const mostClosing = 5;
const line = (limit: number) =>
  z
    .string()
    .trim()
    .min(1, { error: tooLong(limit) })
    .max(limit, { error: tooLong(limit) });
const paragraphs = (least: number, most: number) =>
  z
    .string()
    .transform(splitParagraphs)
    .pipe(
      z
        .array(z.string().max(2_000, { error: t('words.form.paragraphTooLong') }))
        .min(least, { error: t('words.form.bodyMissing') })
        .max(most, { error: t('words.form.tooManyParagraphs', { count: most }) }),
    );

const draftShape = z.object({
  subject: line(200),
  preheader: line(200),
  heading: line(200),
  body: paragraphs(1, mostParagraphs),
  button: line(60),
  closing: paragraphs(0, mostClosing),
});

export type WordsDraft = z.input<typeof draftShape>;
type MailWords = z.output<typeof draftShape>;
export type WordsErrors = Partial<Record<keyof WordsDraft, string>>;

/** The first mistake of each field; none when the draft can be shown and saved, placeholders apart. */
export function findWordsMistakes(draft: unknown): { parsed: MailWords } | { errors: WordsErrors } {
  const result = draftShape.safeParse(draft);
  return result.success ? { parsed: result.data } : { errors: firstErrors(result.error) };
}

/** What the fields start with. Paragraphs have an empty line between them. */
export function toWordsDraft({ body, closing, ...lines }: MailWords): WordsDraft {
  return { ...lines, body: body.join('\n\n'), closing: closing.join('\n\n') };
}

function splitParagraphs(text: string): string[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

function tooLong(limit: number): string {
  return t('words.form.lineInvalid', { count: limit });
}
