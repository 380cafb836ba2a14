import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  BlockStack,
  Button,
  Card,
  FormLayout,
  InlineError,
  InlineStack,
  Layout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import type { MissingScopes, RewardTerms } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { ScopeNote } from '../rewards/scope-note';
import type { BenefitDraft, BenefitsResult } from './benefits-draft';
import { UnsavedChanges } from '../unsaved-changes';
import { useAnswer } from '../use-answer';

export interface TierBenefitsProps {
  benefits: (BenefitDraft & { name: string })[];
  rewards: { id: string; title: string; enabled: boolean; kind: RewardTerms['kind'] }[];
  missing: MissingScopes;
  /** Gifts that wait until the merchant allows them, by kind. */
  waiting: Partial<Record<string, number>>;
}

/** What each saved tier gives besides its points; saved on its own, because it changes nobody's tier. */
export function TierBenefitsSection({ benefits, rewards, missing, waiting }: TierBenefitsProps) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<BenefitsResult>();
  const [rows, setRows] = useState(benefits);
  const result = fetcher.data;
  useAnswer(result, (answer) => {
    if ('saved' in answer) shopify.toast.show(t('tiers.benefits.saved'));
  });
  const change = (tierId: number, changes: Partial<BenefitDraft>) =>
    setRows((current) => current.map((row) => (row.tierId === tierId ? { ...row, ...changes } : row)));
  const gifts = [{ value: '', label: t('tiers.benefits.noGift') }].concat(
    rewards.map(({ id, title, enabled }) => ({
      value: id,
      label: enabled ? title : t('tiers.benefits.giftOnly', { title }),
    })),
  );
  const dirty = JSON.stringify(rows) !== JSON.stringify(benefits);
  const save = () =>
    fetcher.submit(
      { intent: 'benefits', draft: rows.map(({ name: _name, ...row }) => row) },
      { method: 'post', encType: 'application/json' },
    );
  return (
    <Layout.AnnotatedSection title={t('tiers.benefits.title')} description={t('tiers.benefits.text')}>
      <UnsavedChanges
        dirty={dirty}
        saving={fetcher.state !== 'idle'}
        onSave={save}
        onDiscard={() => setRows(benefits)}
      />
      <Card>
        <BlockStack gap="400">
          <ScopeNotes
            missing={missing}
            waiting={waiting}
            chosen={rewards.flatMap(({ id, kind }) =>
              rows.some(({ giftRewardId }) => giftRewardId === id) ? kind : [],
            )}
          />
          {rows.map(({ tierId, name, birthdayPoints, giftRewardId }) => (
            <FormLayout key={tierId}>
              <Text as="h3" variant="headingSm" breakWord>
                {name}
              </Text>
              <FormLayout.Group>
                <TextField
                  label={t('tiers.benefits.birthday')}
                  inputMode="numeric"
                  autoComplete="off"
                  suffix={t('rewards.form.pointsUnit')}
                  value={birthdayPoints}
                  error={dirty && result && 'errors' in result ? result.errors[tierId] : undefined}
                  onChange={(value) => change(tierId, { birthdayPoints: value })}
                />
                <Select
                  label={t('tiers.benefits.gift')}
                  options={gifts}
                  value={giftRewardId}
                  onChange={(value) => change(tierId, { giftRewardId: value })}
                />
              </FormLayout.Group>
            </FormLayout>
          ))}
          {dirty && result && 'refused' in result && (
            <InlineError message={result.refused} fieldID="benefits" />
          )}
          <InlineStack>
            <Button onClick={save} loading={fetcher.state !== 'idle'} disabled={!dirty}>
              {t('tiers.benefits.save')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  );
}

type ScopeNotesProps = Pick<TierBenefitsProps, 'missing' | 'waiting'> & { chosen: RewardTerms['kind'][] };

/** What stands in the way of gifts: of those chosen here, and of those that wait already. */
function ScopeNotes({ missing, waiting, chosen }: ScopeNotesProps) {
  return missing
    .filter(({ kind }) => chosen.includes(kind) || waiting[kind])
    .map(({ kind }) => (
      <ScopeNote key={kind} kind={kind} missing={missing}>
        {waiting[kind]
          ? t('tiers.benefits.waiting', { count: waiting[kind] })
          : t('tiers.benefits.notAllowed')}
      </ScopeNote>
    ));
}
