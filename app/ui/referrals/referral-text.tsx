import { Badge, BlockStack, Text, type BadgeProps } from '@shopify/polaris';
import type { ReferralRow } from '~/modules/insights/types';
import type { Format } from '../format';
import { t, word } from '../i18n';

const tones: Record<string, BadgeProps['tone']> = {
  held: 'info',
  ordered: 'info',
  review: 'attention',
  rewarded: 'success',
  blocked: 'critical',
};

export function ReferralBadge({ state }: { state: string }) {
  return <Badge tone={tones[state]}>{word('referralState', state)}</Badge>;
}

/** Somebody who takes part, by whatever is known. */
export function personText({ name }: ReferralRow['friend']): string {
  return name ?? t('customer.nobody');
}

/** What comes next, or why it ended. */
export function nextText(referral: ReferralRow, format: Format): string {
  const { state, why, holdUntil, decision, decisionReason, points } = referral;
  if (state === 'held' && holdUntil)
    return t(decision === 'approved' ? 'referrals.next.heldApproved' : 'referrals.next.held', {
      date: format.date(holdUntil),
    });
  if (state === 'rewarded') return t('referrals.next.rewarded', { count: points });
  if (state === 'rejected') return t('referrals.next.rejected', { reason: decisionReason ?? '' });
  if (state === 'cancelled') return word('referralWhy', why ?? '');
  if (state === 'blocked' && decision === 'approved') return t('referrals.next.blockedSince');
  return t(
    `referrals.next.${state === 'review' || state === 'ordered' || state === 'blocked' ? state : 'claimed'}`,
  );
}

/** What speaks against a referral, in plain words; says so when that is nothing. */
export function EvidenceList({ evidence }: { evidence: ReferralRow['evidence'] }) {
  if (evidence.length === 0)
    return (
      <Text as="p" tone="subdued">
        {t('referrals.noEvidence')}
      </Text>
    );
  return (
    <BlockStack as="ul" gap="100">
      {evidence.map(({ kind, blocks, count }) => (
        <li key={kind} style={{ listStyle: 'none' }}>
          <Text as="span" {...(blocks && { tone: 'critical', fontWeight: 'semibold' })}>
            {evidenceText(kind, count)}
          </Text>
        </li>
      ))}
    </BlockStack>
  );
}

/** One line of evidence, for lists. */
export function evidenceLine({ evidence }: ReferralRow): string {
  return evidence.map(({ kind, count }) => evidenceText(kind, count)).join(' · ');
}

function evidenceText(kind: string, count: number): string {
  const sentence = word('referralEvidence', kind);
  return count > 0 ? t('referrals.counted', { sentence, count }) : sentence;
}
