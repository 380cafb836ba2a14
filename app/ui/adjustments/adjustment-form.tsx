import { useFetcher, useNavigate } from '@remix-run/react';
import { ChoiceList, FormLayout, Select, TextField } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { CardForm } from '../card-form';
import { t } from '../i18n';
import { batchUrl } from './batch-table';
import {
  adjustmentSources,
  emptyAdjustment,
  findAdjustmentMistakes,
  type AdjustmentDraft,
  type AdjustmentErrors,
} from './adjustment-draft';
import { FileField } from './file-field';
import { useAnswer } from '../use-answer';

/** What the adjustments page's action answers. */
export type AdjustmentResult = { errors: AdjustmentErrors } | { created: string } | { done: true };

interface AdjustmentFormProps {
  tiers: { id: number; name: string }[];
}

/** Who is to get or lose how many points, and why. Leads to a preview; nothing is posted from here. */
export function AdjustmentForm({ tiers }: AdjustmentFormProps) {
  const [draft, setDraft] = useState<AdjustmentDraft>(emptyAdjustment);
  const [errors, setErrors] = useState<AdjustmentErrors>({});
  const { submit, sending } = useCreate(setErrors);
  const change = (changes: Partial<AdjustmentDraft>) => {
    setDraft((current) => ({ ...current, ...changes }));
    setErrors({});
  };
  const send = () => {
    const found = findAdjustmentMistakes(draft);
    if ('errors' in found) setErrors(found.errors);
    else submit(draft);
  };
  const sources =
    tiers.length === 0 ? adjustmentSources.filter((source) => source !== 'tier') : adjustmentSources;
  return (
    <CardForm
      title={t('adjustments.form.title')}
      saving={sending}
      onSave={send}
      action={t('adjustments.form.submit')}
    >
      <FormLayout>
        <ChoiceList
          title={t('adjustments.form.source')}
          choices={sources.map((source) => ({
            value: source,
            label: t(`adjustments.source.${source}`),
            helpText: t(`adjustments.sourceHelp.${source}`),
          }))}
          selected={[draft.source]}
          onChange={([source]) => change({ source: sources.find((one) => one === source) ?? 'file' })}
        />
        <SourceFields draft={draft} errors={errors} tiers={tiers} change={change} onErrors={setErrors} />
        <TextField
          label={t('adjustments.form.reason')}
          autoComplete="off"
          maxLength={500}
          value={draft.reason}
          error={errors.reason}
          helpText={t(
            draft.source === 'file' ? 'adjustments.form.reasonOfLines' : 'adjustments.form.reasonHelp',
          )}
          onChange={(reason) => change({ reason })}
        />
      </FormLayout>
    </CardForm>
  );
}

interface SourceFieldsProps extends AdjustmentFormProps {
  draft: AdjustmentDraft;
  errors: AdjustmentErrors;
  change: (changes: Partial<AdjustmentDraft>) => void;
  onErrors: (errors: AdjustmentErrors) => void;
}

function SourceFields({ draft, errors, tiers, change, onErrors }: SourceFieldsProps) {
  if (draft.source === 'file')
    return (
      <FileField
        name={draft.name}
        error={errors.file}
        onFile={(name, text) => change({ name, text })}
        onError={(file) => {
          change({ name: '', text: '' });
          onErrors({ file });
        }}
      />
    );
  const points = (
    <TextField
      label={t('adjustments.form.points')}
      inputMode="text"
      autoComplete="off"
      value={draft.points}
      error={errors.points}
      helpText={t('adjustments.form.pointsHelp')}
      onChange={(value) => change({ points: value })}
    />
  );
  return (
    <FormLayout.Group>
      {draft.source === 'tier' ? (
        <Select
          label={t('adjustments.form.tier')}
          options={[
            { value: '', label: t('adjustments.form.tierChoose') },
            ...tiers.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          value={draft.tier}
          error={errors.tier}
          onChange={(tier) => change({ tier })}
        />
      ) : (
        <TextField
          label={t('adjustments.form.since')}
          type="date"
          autoComplete="off"
          value={draft.since}
          error={errors.since}
          onChange={(since) => change({ since })}
        />
      )}
      {points}
    </FormLayout.Group>
  );
}

function useCreate(onErrors: (errors: AdjustmentErrors) => void) {
  const navigate = useNavigate();
  const fetcher = useFetcher<AdjustmentResult>();
  // Of this form: sending it twice (a double click, a repeated request) makes one batch.
  const [key] = useState(() => nanoid());
  const result = fetcher.data;
  useAnswer(result, (answer) => {
    if ('errors' in answer) onErrors(answer.errors);
    else if ('created' in answer) navigate(batchUrl(answer.created));
  });
  return {
    submit: (draft: AdjustmentDraft) =>
      fetcher.submit(
        { intent: 'create', key, draft: { ...draft } },
        { method: 'post', encType: 'application/json' },
      ),
    sending: fetcher.state !== 'idle',
  };
}
