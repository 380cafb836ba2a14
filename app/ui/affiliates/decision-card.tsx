import { BlockStack, Button, Card, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { AffiliateState } from '~/modules/affiliates/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { Acting } from './acting';
import { AffiliateBadge } from './state-badge';
import { useAct } from './use-act';

interface DecisionCardProps {
  state: AffiliateState;
  groupId: number | null;
  groups: { id: number; name: string; text: string }[];
  reason: string | null;
  erased: boolean;
}

/** Whether somebody earns, and by which rule. */
export function DecisionCard({ state, groupId, groups, reason, erased }: DecisionCardProps) {
  const { act, acting, error } = useAct();
  const [chosen, setChosen] = useState(String(groupId ?? groups[0]?.id ?? ''));
  const [why, setWhy] = useState(reason ?? '');
  const wasMember = groupId !== null;
  const isNews = state !== 'approved' || chosen !== String(groupId);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" gap="200">
          <CardTitle>{t('affiliates.decide.title')}</CardTitle>
          <AffiliateBadge state={state} />
        </InlineStack>
        {erased ? (
          <Text as="p">{t('affiliates.decide.erased')}</Text>
        ) : (
          <>
            <Select
              label={t('affiliates.decide.group')}
              options={groups.map(({ id, name, text }) => ({ value: String(id), label: `${name}: ${text}` }))}
              value={chosen}
              onChange={setChosen}
              helpText={t('affiliates.decide.groupHelp')}
            />
            <Acting error={error}>
              <BlockStack gap="400">
                <InlineStack gap="200">
                  <Button
                    variant="primary"
                    disabled={!isNews}
                    loading={acting}
                    onClick={() => act({ intent: 'approve', groupId: Number(chosen) })}
                  >
                    {t(
                      state === 'approved'
                        ? 'affiliates.decide.move'
                        : state === 'paused'
                          ? 'affiliates.decide.resume'
                          : 'affiliates.decide.approve',
                    )}
                  </Button>
                  {state === 'approved' && (
                    <Button loading={acting} onClick={() => act({ intent: 'pause' })}>
                      {t('affiliates.decide.pause')}
                    </Button>
                  )}
                </InlineStack>
                {!wasMember && (
                  <BlockStack gap="200">
                    <TextField
                      label={t('affiliates.decide.reason')}
                      helpText={t('affiliates.decide.reasonHelp')}
                      autoComplete="off"
                      maxLength={500}
                      value={why}
                      onChange={setWhy}
                    />
                    <InlineStack>
                      <Button
                        loading={acting}
                        tone="critical"
                        onClick={() => act({ intent: 'reject', reason: why })}
                      >
                        {t('affiliates.decide.reject')}
                      </Button>
                    </InlineStack>
                  </BlockStack>
                )}
              </BlockStack>
            </Acting>
          </>
        )}
      </BlockStack>
    </Card>
  );
}
