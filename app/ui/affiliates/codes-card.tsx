import { BlockStack, Button, Card, Form, InlineStack, Tag, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { CardHead } from '../facts';
import { t } from '../i18n';
import { useAct } from './use-act';

/** The discount codes whose orders are an affiliate's. */
export function CodesCard({ codes }: { codes: string[] }) {
  const [code, setCode] = useState('');
  const { act, acting, error } = useAct(() => setCode(''));
  return (
    <Card>
      <BlockStack gap="300">
        <CardHead title={t('affiliates.codes.title')} text={t('affiliates.codes.text')} />
        {codes.length > 0 && (
          <InlineStack gap="200">
            {codes.map((one) => (
              <Tag key={one} onRemove={() => act({ intent: 'withdraw', code: one })}>
                {one}
              </Tag>
            ))}
          </InlineStack>
        )}
        <Form onSubmit={() => act({ intent: 'assign', code })} implicitSubmit={false}>
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
        </Form>
      </BlockStack>
    </Card>
  );
}
