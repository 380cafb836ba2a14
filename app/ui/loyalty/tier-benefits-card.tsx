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
import { t } from '../i18n';
import type { BenefitDraft, BenefitsResult } from './benefits-draft';
import { useAnswer } from '../use-answer';

export interface TierBenefitsProps {
  benefits: (BenefitDraft & { name: string })[];
  rewards: { id: string; title: string; enabled: boolean }[];
}

/** What each saved tier gives besides its points; saved on its own, because it changes nobody's tier. */
export function TierBenefitsSection({ benefits, rewards }: TierBenefitsProps) {
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
  const save = () =>
    fetcher.submit(
      { intent: 'benefits', draft: rows.map(({ name: _name, ...row }) => row) },
      { method: 'post', encType: 'application/json' },
    );
  return (
    <Layout.AnnotatedSection title={t('tiers.benefits.title')} description={t('tiers.benefits.text')}>
      <Card>
        <BlockStack gap="400">
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
                  error={result && 'errors' in result ? result.errors[tierId] : undefined}
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
          {result && 'refused' in result && <InlineError message={result.refused} fieldID="benefits" />}
          <InlineStack>
            <Button
              onClick={save}
              loading={fetcher.state !== 'idle'}
              disabled={JSON.stringify(rows) === JSON.stringify(benefits)}
            >
              {t('tiers.benefits.save')}
            </Button>
          </InlineStack>
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  );
}
