import { BlockStack, Button, Card, FormLayout, InlineStack, Link, Text, TextField } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useCallback, useState } from 'react';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useAct } from './use-act';

/** Pictures and texts that affiliates find in their portal. */
export function AssetsCard({ assets }: { assets: { id: number; title: string; url: string }[] }) {
  const [draft, setDraft] = useState({ title: '', url: '', key: nanoid() });
  const empty = useCallback(() => setDraft({ title: '', url: '', key: nanoid() }), []);
  const { act, acting, error } = useAct(empty);
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          act({ intent: 'asset', ...draft });
        }}
      >
        <BlockStack gap="300">
          <CardTitle>{t('affiliates.assets.title')}</CardTitle>
          <Text as="p" tone="subdued">
            {t('affiliates.assets.text')}
          </Text>
          {assets.map(({ id, title, url }) => (
            <InlineStack key={id} align="space-between" gap="200">
              <Link url={url} target="_blank">
                {title}
              </Link>
              <Button variant="plain" onClick={() => act({ intent: 'removeAsset', id })}>
                {t('affiliates.assets.remove', { title })}
              </Button>
            </InlineStack>
          ))}
          <FormLayout>
            <TextField
              label={t('affiliates.assets.name')}
              autoComplete="off"
              maxLength={100}
              value={draft.title}
              onChange={(title) => setDraft((current) => ({ ...current, title }))}
            />
            <TextField
              label={t('affiliates.assets.url')}
              autoComplete="off"
              type="url"
              value={draft.url}
              error={error}
              onChange={(url) => setDraft((current) => ({ ...current, url }))}
            />
          </FormLayout>
          <InlineStack>
            <Button submit loading={acting}>
              {t('affiliates.assets.add')}
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
