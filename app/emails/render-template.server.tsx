import { render, toPlainText } from '@react-email/render';
import type { MailLocale, RenderedMail, TemplateKey } from '~/modules/messaging/types';
import { Layout } from './layout';
import { templates } from './templates';
import { catalogue, wordsFor, type Catalogue, type MailWords } from './words';

// Headings keep their case: capitals would break the Liquid in them.
const textSelectors = ['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } }));

/**
 * A mail with its Liquid left in, made by React once per version and language. Pure: the same words give the same bytes.
 */
export async function renderTemplate(input: {
  key: TemplateKey;
  locale: MailLocale;
  words?: Partial<MailWords>;
}): Promise<RenderedMail> {
  const { key, locale } = input;
  const words = wordsFor(key, locale, input.words);
  const common = commonFor(key, locale);
  const Template = templates[key];
  const html = await render(
    <Layout locale={locale} subject={words.subject} preheader={words.preheader} common={common}>
      <Template words={words} common={common} />
    </Layout>,
  );
  return {
    subject: words.subject,
    html: restoreLiquid(html.replace(/<!-- -->|<!--\/?\$-->/g, '')),
    text: toPlainText(html, { selectors: textSelectors }),
  };
}

/** Whoever gets a mail for another reason than being a customer is told so in the footer. */
function commonFor(key: TemplateKey, locale: MailLocale): Catalogue['common'] {
  const { common } = catalogue(locale);
  switch (key) {
    case 'affiliate_sign_in':
      return { ...common, whyMarketing: common.whyPartner, whyTransactional: common.whyPartner };
    case 'referral_welcome':
      return { ...common, whyMarketing: common.whyFriend, whyTransactional: common.whyFriend };
    default:
      return common;
  }
}

/** React escapes quotes and comparisons inside Liquid as it does everywhere; Liquid needs them as they were. */
function restoreLiquid(html: string): string {
  return html.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, (code) =>
    code
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
}
