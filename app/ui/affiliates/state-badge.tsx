import { Badge, type BadgeProps } from '@shopify/polaris';
import type { AffiliateState, BatchState, Outcome } from '~/modules/affiliates/types';
import { t } from '../i18n';

const tones: Record<AffiliateState, BadgeProps['tone']> = {
  applied: 'attention',
  approved: 'success',
  rejected: undefined,
  paused: 'warning',
};

export function AffiliateBadge({ state }: { state: AffiliateState }) {
  return <Badge tone={tones[state]}>{t(`affiliates.state.${state}`)}</Badge>;
}

const batchTones: Record<BatchState, BadgeProps['tone']> = {
  open: 'attention',
  paid: 'success',
  cancelled: undefined,
};

export function BatchBadge({ state }: { state: BatchState }) {
  return <Badge tone={batchTones[state]}>{t(`affiliates.batch.${state}`)}</Badge>;
}

export function OutcomeBadge({ outcome, waits }: { outcome: Outcome; waits: boolean }) {
  if (outcome === 'earns' && waits) return <Badge tone="info">{t('affiliates.outcome.waits')}</Badge>;
  return (
    <Badge tone={outcome === 'earns' ? 'success' : undefined}>{t(`affiliates.outcome.${outcome}`)}</Badge>
  );
}
