import { Banner, BlockStack, Form } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { t } from './i18n';
import { UnsavedChanges } from './unsaved-changes';
import { useFocusOnMistake } from './use-focus-on-mistake';

interface DraftFormProps {
  form: { errors: object; dirty: boolean; saving: boolean; save: () => void; discard: () => void };
  children: ReactNode;
}

/** A page's form: the save bar, its fields, and a word above them and the way to the first one when something is wrong. */
export function DraftForm({ form, children }: DraftFormProps) {
  const { errors, dirty, saving, save, discard } = form;
  useFocusOnMistake(errors);
  return (
    <Form onSubmit={save} implicitSubmit={false}>
      <UnsavedChanges dirty={dirty} saving={saving} onSave={save} onDiscard={discard} />
      <BlockStack gap="400">
        {Object.values(errors).some(Boolean) && <Banner tone="critical">{t('errors.notSaved')}</Banner>}
        {children}
      </BlockStack>
    </Form>
  );
}
