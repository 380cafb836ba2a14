import { Checkbox, FormLayout, Select, TextField } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { ruleKinds, ruleScopes } from '~/modules/affiliates/types';
import { CardForm } from '../card-form';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { ChosenTitles } from '../target-fields';
import { textFields } from '../text-fields';
import { useDraftState } from '../use-draft-state';
import { emptyGroup, findGroupMistakes, type GroupDraft, type GroupErrors } from './group-draft';
import { RateFields } from './rate-fields';
import { useAct } from './use-act';

interface GroupFormProps {
  id: number | null; // null: a new one
  saved: GroupDraft;
  members: number;
  chosen: ChosenTitles;
  onDone?: () => void;
}

/** What the members of a group earn. */
export function GroupForm({ id, saved, members, chosen, onDone }: GroupFormProps) {
  const form = useDraftState(saved, findGroupMistakes);
  const { draft, errors, change, check } = form;
  // Of this form: sending it twice makes one group.
  const [key, setKey] = useState(() => nanoid());
  const { act, acting, error } = useAct(() => {
    if (id === null) change(emptyGroup);
    setKey(nanoid());
    onDone?.();
  });
  return (
    <CardForm
      title={id === null ? t('affiliates.group.add') : saved.name}
      text={id === null ? undefined : t('affiliates.group.members', { count: members })}
      saving={acting}
      onSave={() => check(() => act({ intent: 'group', id, key, draft }))}
      unsaved={form}
      action={id === null ? t('affiliates.group.add') : undefined}
      error={form.dirty ? error : undefined}
    >
      <GroupFields draft={draft} errors={errors} change={change} />
      <RateFields rates={draft.rates} {...{ chosen, errors }} change={(rates) => change({ rates })} />
    </CardForm>
  );
}

interface GroupFieldsProps {
  draft: GroupDraft;
  errors: GroupErrors;
  change: (changes: Partial<GroupDraft>) => void;
}

function GroupFields({ draft, errors, change }: GroupFieldsProps) {
  const format = useFormat();
  const text = textFields<'name' | 'value' | 'holdDays' | 'windowDays'>(draft, errors, (name, value) =>
    change({ [name]: value }),
  );
  return (
    <FormLayout>
      <TextField label={t('affiliates.group.name')} maxLength={100} {...text('name')} />
      <FormLayout.Group>
        <Select
          label={t('affiliates.group.kind')}
          options={ruleKinds.map((value) => ({ value, label: t(`affiliates.group.kinds.${value}`) }))}
          value={draft.kind}
          onChange={(value) => change({ kind: ruleKinds.find((kind) => kind === value) })}
        />
        <TextField
          label={t('affiliates.group.value')}
          inputMode="decimal"
          suffix={draft.kind === 'percent' ? '%' : format.currency}
          {...text('value')}
        />
      </FormLayout.Group>
      <Select
        label={t('affiliates.group.scope')}
        options={ruleScopes.map((value) => ({ value, label: t(`affiliates.group.scopes.${value}`) }))}
        value={draft.scope}
        onChange={(value) => change({ scope: ruleScopes.find((scope) => scope === value) })}
      />
      <Checkbox
        label={t('affiliates.group.newOnly')}
        checked={draft.newCustomersOnly}
        onChange={(newCustomersOnly) => change({ newCustomersOnly })}
      />
      <FormLayout.Group>
        <TextField
          label={t('affiliates.group.hold')}
          helpText={t('affiliates.group.holdHelp')}
          inputMode="numeric"
          {...text('holdDays')}
        />
        <TextField
          label={t('affiliates.group.window')}
          helpText={t('affiliates.group.windowHelp')}
          inputMode="numeric"
          {...text('windowDays')}
        />
      </FormLayout.Group>
    </FormLayout>
  );
}
