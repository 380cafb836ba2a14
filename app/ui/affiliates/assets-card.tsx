import { Button, FormLayout, InlineStack, Link, TextField } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { CardForm } from '../card-form';
import { t } from '../i18n';
import { useAct } from './use-act';

/** Pictures and texts that affiliates find in their portal. */
export function AssetsCard({ assets }: { assets: { id: number; title: string; url: string }[] }) {
  const empty = () => ({ title: '', url: '', key: nanoid() });
  const [draft, setDraft] = useState(empty);
  const { act, acting, error } = useAct(() => setDraft(empty));
  return (
    <CardForm
      title={t('affiliates.assets.title')}
      text={t('affiliates.assets.text')}
      saving={acting}
      onSave={() => act({ intent: 'asset', ...draft })}
      action={t('affiliates.assets.add')}
    >
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
    </CardForm>
  );
}
