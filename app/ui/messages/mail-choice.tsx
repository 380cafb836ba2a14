import { Select } from '@shopify/polaris';
import { mailLocales, templateKeys, type MailLocale, type TemplateKey } from '~/modules/messaging/types';
import { t, word } from '../i18n';
import { useUrlState } from '../use-url-state';

/** Which mail, and in which language; the address of the page says so. */
export function MailChoice({ template, language }: { template: TemplateKey; language: MailLocale }) {
  const { change } = useUrlState();
  return (
    <>
      <Select
        label={t('test.template')}
        name="template"
        options={templateKeys.map((key) => ({ value: key, label: word('template', key) }))}
        value={template}
        onChange={(value) => change({ template: value })}
      />
      <Select
        label={t('test.language')}
        name="language"
        options={mailLocales.map((locale) => ({ value: locale, label: word('language', locale) }))}
        value={language}
        onChange={(value) => change({ language: value })}
      />
    </>
  );
}
