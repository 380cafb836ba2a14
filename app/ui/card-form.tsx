import { BlockStack, Button, Card, Form, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { CardHead } from './facts';
import { t } from './i18n';
import { UnsavedChanges } from './unsaved-changes';

interface CardFormProps {
  title: string;
  text?: string;
  children: ReactNode;
  saving: boolean;
  onSave: () => void;
  /** What is lost when the page is left before it was saved. */
  unsaved?: { dirty: boolean; discard: () => void };
  /** What its button says, where it is not "Save". */
  action?: string;
  /** What was wrong with it as a whole. */
  error?: string;
}

/** A card that is saved on its own. */
export function CardForm(props: CardFormProps) {
  const { title, text, children, saving, onSave, unsaved, action, error } = props;
  return (
    <Card>
      <Form onSubmit={onSave} implicitSubmit={false}>
        {unsaved && (
          <UnsavedChanges dirty={unsaved.dirty} saving={saving} onSave={onSave} onDiscard={unsaved.discard} />
        )}
        <BlockStack gap="400">
          <CardHead title={title} text={text} />
          {children}
          <InlineStack gap="200" blockAlign="center">
            <Button submit variant="primary" loading={saving}>
              {action ?? t('common.save')}
            </Button>
            {error && (
              <Text as="p" tone="critical">
                {error}
              </Text>
            )}
          </InlineStack>
        </BlockStack>
      </Form>
    </Card>
  );
}
