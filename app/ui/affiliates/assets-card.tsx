import { Button, FormLayout, InlineStack, Link, TextField } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { CardForm } from '../card-form';
import { t } from '../i18n';
import { useDraftState } from '../use-draft-state';
import { useAct } from './use-act';

/** Pictures and texts that affiliates find in their portal. */
export function AssetsCard({ assets }: { assets: { id: number; title: string; url: string }[] }) {
  const form = useDraftState({ title: '', url: '' }, () => ({}));
  const { draft, change, discard, dirty } = form;
  // Of this form: sending it twice makes one.
  const [key, setKey] = useState(() => nanoid());
  const { act, acting, error } = useAct(() => {
    discard();
    setKey(nanoid());
  });
  const { act: remove } = useAct();
  return (
    <CardForm
      title={t('affiliates.assets.title')}
      text={t('affiliates.assets.text')}
      saving={acting}
      onSave={() => act({ intent: 'asset', key, ...draft })}
      unsaved={form}
      action={t('affiliates.assets.add')}
    >
      {assets.map(({ id, title, url }) => (
        <InlineStack key={id} align="space-between" gap="200">
          <Link url={url} target="_blank">
            {title}
          </Link>
          <Button variant="plain" onClick={() => remove({ intent: 'removeAsset', id })}>
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
          onChange={(title) => change({ title })}
        />
        <TextField
          label={t('affiliates.assets.url')}
          autoComplete="off"
          type="url"
          value={draft.url}
          error={dirty ? error : undefined}
          onChange={(url) => change({ url })}
        />
      </FormLayout>
    </CardForm>
  );
}
