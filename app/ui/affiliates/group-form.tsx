import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useCallback, useState } from 'react';
import { ruleKinds, ruleScopes } from '~/modules/affiliates/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import { emptyGroup, findGroupMistakes, type GroupDraft, type GroupErrors } from './group-draft';
import { RateFields, type ChosenTitles } from './rate-fields';
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
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<GroupErrors>({});
  // Of this form: sending it twice makes one group.
  const [key, setKey] = useState(() => nanoid());
  const done = useCallback(() => {
    if (id === null) setDraft(emptyGroup);
    setKey(nanoid());
    onDone?.();
  }, [id, onDone]);
  const { act, acting, error } = useAct(done);
  const save = () => {
    const found = findGroupMistakes(draft);
    if ('errors' in found) setErrors(found.errors);
    else act({ intent: 'group', id, key, draft });
  };
  const change = (changes: Partial<GroupDraft>) => {
    setDraft((current) => ({ ...current, ...changes }));
    setErrors((current) =>
      Object.fromEntries(Object.entries(current).filter(([name]) => !(name.replace(/\..*/, '') in changes))),
    );
  };
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <BlockStack gap="400">
          <BlockStack gap="100">
            <CardTitle>{id === null ? t('affiliates.group.add') : saved.name}</CardTitle>
            {id !== null && (
              <Text as="p" tone="subdued">
                {t('affiliates.group.members', { count: members })}
              </Text>
            )}
          </BlockStack>
          <GroupFields draft={draft} errors={errors} change={change} />
          <RateFields rates={draft.rates} {...{ chosen, errors }} change={(rates) => change({ rates })} />
          <InlineStack gap="200" blockAlign="center">
            <Button submit variant="primary" loading={acting}>
              {id === null ? t('affiliates.group.add') : t('common.save')}
            </Button>
            {error && (
              <Text as="p" tone="critical">
                {error}
              </Text>
            )}
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
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
