import { BlockStack, Button, Card, InlineStack, Tag, Text, TextField } from '@shopify/polaris';
import { useCallback, useState } from 'react';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useAct } from './use-act';

/** The discount codes whose orders are an affiliate's. */
export function CodesCard({ codes }: { codes: string[] }) {
  const [code, setCode] = useState('');
  const { act, acting, error } = useAct(useCallback(() => setCode(''), []));
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('affiliates.codes.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {t('affiliates.codes.text')}
        </Text>
        {codes.length > 0 && (
          <InlineStack gap="200">
            {codes.map((one) => (
              <Tag key={one} onRemove={() => act({ intent: 'withdraw', code: one })}>
                {one}
              </Tag>
            ))}
          </InlineStack>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            act({ intent: 'assign', code });
          }}
        >
          <TextField
            label={t('affiliates.codes.label')}
            autoComplete="off"
            value={code}
            onChange={setCode}
            error={error}
            connectedRight={
              <Button submit loading={acting}>
                {t('affiliates.codes.add')}
              </Button>
            }
          />
        </form>
      </BlockStack>
    </Card>
  );
}
