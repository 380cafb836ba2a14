import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  Checkbox,
  Form,
  FormLayout,
  InlineGrid,
  InlineStack,
  Select,
  TextField,
} from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState, type ReactNode } from 'react';
import { CardHead } from '../facts';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';
import { textFields } from '../text-fields';
import { useDraftState } from '../use-draft-state';
import { useFocusOnMistake } from '../use-focus-on-mistake';
import {
  findSetupMistakes,
  firstRewardKinds,
  previewEarn,
  startSetup,
  type SetupDraft,
  type SetupErrors,
} from './setup-draft';
import { ShopperPreview, type PreviewedReward } from './shopper-preview';
import { useAnswer } from '../use-answer';

export type SetupResult = { saved: true } | { errors: SetupErrors };

interface SetupFormProps {
  pointsPerUnit: string;
  enabled: boolean;
  rewards: PreviewedReward[]; // there already, switched on
}

const exampleAmount = '80.00';

/** Three steps to a programme, and what shoppers will see of it while they are taken. */
export function SetupForm({ pointsPerUnit, enabled, rewards }: SetupFormProps) {
  const begin = startSetup(pointsPerUnit, rewards.length > 0);
  const { draft, errors, setErrors, change, check } = useDraftState(begin, findSetupMistakes);
  const { submit, saving } = useStart(setErrors);
  useFocusOnMistake(errors);
  const step = { draft, errors, change };
  return (
    <Form onSubmit={() => check(submit)} implicitSubmit={false}>
      <InlineGrid columns={{ xs: 1, lg: 2 }} gap="400" alignItems="start">
        <BlockStack gap="400">
          {Object.keys(errors).length > 0 && <Banner tone="critical">{t('errors.notSaved')}</Banner>}
          <EarnStep {...step} />
          <RewardStep {...step} there={rewards} />
          <Step title={t('reach.setup.start.title')} text={t('reach.setup.start.text')}>
            <InlineStack gap="200">
              <Button submit variant="primary" loading={saving}>
                {enabled ? t('reach.setup.start.save') : t('reach.setup.start.on')}
              </Button>
              <Button url="/app/loyalty">{t('common.cancel')}</Button>
            </InlineStack>
          </Step>
        </BlockStack>
        <ShopperPreview
          amount={exampleAmount}
          earns={previewEarn(draft.pointsPerUnit, exampleAmount)}
          rewards={[...rewards, ...draftedReward(draft)]}
        />
      </InlineGrid>
    </Form>
  );
}

function draftedReward({ withReward, title, points }: SetupDraft): PreviewedReward[] {
  if (!withReward || title.trim() === '') return [];
  return [{ title: title.trim(), points: /^\d{1,8}$/.test(points.trim()) ? Number(points) : null }];
}

interface StepProps {
  draft: SetupDraft;
  errors: SetupErrors;
  change: (changes: Partial<SetupDraft>) => void;
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <CardHead title={title} text={text} />
        {children}
      </BlockStack>
    </Card>
  );
}

function EarnStep({ draft, errors, change }: StepProps) {
  const format = useFormat();
  const text = textFields<'pointsPerUnit'>(draft, errors, (name, value) => change({ [name]: value }));
  return (
    <Step title={t('reach.setup.earn.title')} text={t('reach.setup.earn.text')}>
      <TextField
        label={t('settings.earn.pointsPerUnit', { unit: format.money('1') })}
        inputMode="decimal"
        {...text('pointsPerUnit')}
      />
    </Step>
  );
}

function RewardStep({ draft, errors, change, there }: StepProps & { there: PreviewedReward[] }) {
  const format = useFormat();
  const text = textFields<'title' | 'value' | 'points'>(draft, errors, (name, value) =>
    change({ [name]: value }),
  );
  const isPercentage = draft.kind === 'percentage';
  return (
    <Step
      title={t('reach.setup.reward.title')}
      text={
        there.length > 0
          ? t('reach.setup.reward.there', { count: there.length })
          : t('reach.setup.reward.text')
      }
    >
      <FormLayout>
        <Checkbox
          label={there.length > 0 ? t('reach.setup.reward.another') : t('reach.setup.reward.add')}
          checked={draft.withReward}
          onChange={(withReward) => change({ withReward })}
        />
        {draft.withReward && (
          <>
            <TextField
              label={t('rewards.form.title')}
              helpText={t('rewards.form.titleHelp')}
              maxLength={100}
              {...text('title')}
            />
            <FormLayout.Group>
              <Select
                label={t('rewards.form.kind')}
                options={firstRewardKinds.map((value) => ({ value, label: word('rewardKind', value) }))}
                value={draft.kind}
                onChange={(value) =>
                  change({ kind: firstRewardKinds.find((kind) => kind === value) ?? draft.kind })
                }
              />
              {draft.kind !== 'free_shipping' && (
                <TextField
                  label={isPercentage ? t('rewards.form.percent') : t('rewards.form.amount')}
                  inputMode="decimal"
                  suffix={isPercentage ? '%' : format.currency}
                  {...text('value')}
                />
              )}
            </FormLayout.Group>
            <TextField
              label={t('rewards.form.points')}
              inputMode="numeric"
              suffix={t('rewards.form.pointsUnit')}
              {...text('points')}
            />
          </>
        )}
      </FormLayout>
    </Step>
  );
}

function useStart(onErrors: (errors: SetupErrors) => void) {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<SetupResult>();
  // Of this form: sending it twice makes one reward.
  const [key] = useState(() => nanoid());
  const result = fetcher.data;
  useAnswer(result, (answer) => {
    if ('errors' in answer) onErrors(answer.errors);
    else {
      shopify.toast.show(t('reach.setup.started'));
      navigate('/app/loyalty');
    }
  });
  return {
    submit: (draft: SetupDraft) =>
      fetcher.submit({ key, draft }, { method: 'post', encType: 'application/json' }),
    saving: fetcher.state !== 'idle',
  };
}
