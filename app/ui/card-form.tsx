import { BlockStack, Button, Card, Form, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { CardHead } from './facts';
import { t } from './i18n';

interface CardFormProps {
  title: string;
  text?: string;
  children: ReactNode;
  saving: boolean;
  onSave: () => void;
  /** What its button says, where it is not "Save". */
  action?: string;
  /** What was wrong with it as a whole. */
  error?: string;
}

/** A card that is saved on its own. */
export function CardForm({ title, text, children, saving, onSave, action, error }: CardFormProps) {
  return (
    <Card>
      <Form onSubmit={onSave} implicitSubmit={false}>
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
