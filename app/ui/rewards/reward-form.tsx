import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Button, InlineStack } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useRef, useState } from 'react';
import type { MissingScopes } from '~/modules/loyalty/types';
import { DraftForm } from '../draft-form';
import { t } from '../i18n';
import { useDraftState } from '../use-draft-state';
import { MarginNote } from './margin-note';
import {
  emptyDraft,
  findRewardMistakes,
  toRewardDraft,
  type RewardDraft,
  type RewardErrors,
} from './reward-draft';
import { RewardFields, type RewardChoices } from './reward-fields';
import { ScopeNote } from './scope-note';
import type { RewardView } from './reward-table';
import { useAnswer } from '../use-answer';

/** What the rewards page's action answers. */
export type RewardResult = { saved: true } | { errors: RewardErrors };

const list = '/app/loyalty/rewards';

/** A reward being written: a new one, or one there is. */
export function RewardForm({
  reward,
  margin,
  choices,
  missing,
}: {
  reward: RewardView | null;
  margin: string | null;
  choices: RewardChoices;
  missing: MissingScopes;
}) {
  const saved = reward ? toRewardDraft(reward) : emptyDraft;
  const form = useDraftState(saved, findRewardMistakes);
  const { draft, errors, change } = form;
  const { submit, saving, done } = useSave(reward?.id ?? null, form.setErrors);
  const save = () => form.check(submit);
  return (
    <DraftForm id="reward" form={{ ...form, dirty: !done && form.dirty, saving, save }}>
      <ScopeNote kind={draft.kind} missing={missing}>
        {t('rewards.scope.text')}
      </ScopeNote>
      <MarginNote draft={draft} margin={margin} />
      <RewardFields draft={draft} errors={errors} choices={choices} change={change} />
      <InlineStack gap="200">
        <Button submit variant="primary" loading={saving}>
          {reward ? t('common.save') : t('rewards.add')}
        </Button>
        <Button url={list}>{t('common.cancel')}</Button>
        {reward && <Switch reward={reward} />}
      </InlineStack>
    </DraftForm>
  );
}

function Switch({ reward }: { reward: RewardView }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<RewardResult>();
  const enabled = !reward.enabled;
  const asked = useRef(enabled);
  useAnswer(fetcher.data, () => {
    shopify.toast.show(asked.current ? t('rewards.switchedOn') : t('rewards.switchedOff'));
  });
  const turn = () => {
    asked.current = enabled;
    fetcher.submit(
      { intent: 'switch', id: reward.id, enabled },
      { method: 'post', encType: 'application/json' },
    );
  };
  return (
    <Button loading={fetcher.state !== 'idle'} onClick={turn}>
      {enabled ? t('rewards.switchOn') : t('rewards.switchOff')}
    </Button>
  );
}

function useSave(
  id: string | null,
  onErrors: (errors: RewardErrors) => void,
): { submit: (draft: RewardDraft) => void; saving: boolean; done: boolean } {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<RewardResult>();
  // Of this form: sending it twice (a double click, a repeated request) makes one reward.
  const [key] = useState(() => nanoid());
  const result = fetcher.data;
  const done = result !== undefined && 'saved' in result;
  useAnswer(result, (answer) => {
    if ('errors' in answer) onErrors(answer.errors);
    else {
      shopify.toast.show(t('rewards.saved'));
      navigate(list);
    }
  });
  return {
    submit: (draft) =>
      fetcher.submit({ intent: 'save', id, key, draft }, { method: 'post', encType: 'application/json' }),
    saving: fetcher.state !== 'idle',
    done,
  };
}
