import { BlockStack, Card, InlineStack, Link, ProgressBar, Text } from '@shopify/polaris';
import { useId } from 'react';
import type { LoyaltyOverview, OrderedAgain } from '~/modules/insights/types';
import type { AccountingReport } from '~/modules/loyalty/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { StatRow } from '../stat-row';

/** Below this many people a share says more about chance than about the programme. */
const enough = 30;

interface OverviewFiguresProps {
  overview: LoyaltyOverview;
  report: Omit<AccountingReport, 'periods'>;
}

/** Who takes part, what they hold, and what that is worth. */
export function OverviewFigures({ overview, report }: OverviewFiguresProps) {
  const format = useFormat();
  const { members, customers, participants, exact } = overview;
  const { outstanding, pending, liability, totals } = report;
  const earned = totals.earned + totals.reversed;
  return (
    <StatRow
      stats={[
        {
          label: t('loyalty.members'),
          value: format.number(members),
          note: t('loyalty.membersNote'),
        },
        {
          label: t('loyalty.participation'),
          value: customers === 0 ? t('loyalty.none') : format.percent(participants / customers),
          note: t(exact ? 'loyalty.participationNote' : 'loyalty.participationSample'),
        },
        {
          label: t('loyalty.points'),
          value: format.number(outstanding),
          note:
            liability === null
              ? t('loyalty.valueMissing')
              : t('loyalty.worth', { amount: format.money(liability), pending: format.number(pending) }),
        },
        {
          label: t('loyalty.redemptionRate'),
          value: earned <= 0 ? t('loyalty.none') : format.percent(Math.max(0, -totals.redeemed) / earned),
          note: t('loyalty.redemptionRateNote'),
        },
      ]}
    />
  );
}

/** Whether members who redeem come back more often than those who do not. */
export function RepeatCard({ overview }: { overview: LoyaltyOverview }) {
  const { redeemers, others, exact } = overview;
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('loyalty.repeat.title')}</CardTitle>
        {redeemers.people < enough || others.people < enough ? (
          <Text as="p" tone="subdued">
            {t('loyalty.repeat.tooFew', { count: enough })}
          </Text>
        ) : (
          <>
            <Share label={t('loyalty.repeat.redeemers')} of={redeemers} />
            <Share label={t('loyalty.repeat.others')} of={others} />
            <Text as="p" tone="subdued" variant="bodySm">
              {t(exact ? 'loyalty.repeat.note' : 'loyalty.repeat.sample')}
            </Text>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function Share({ label, of }: { label: string; of: OrderedAgain }) {
  const format = useFormat();
  const id = useId();
  const share = of.again / of.people;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="span" id={id}>
          {label}
        </Text>
        <Text as="span" fontWeight="semibold" numeric>
          {format.percent(share)}
        </Text>
      </InlineStack>
      <ProgressBar progress={share * 100} size="small" tone="primary" ariaLabelledBy={id} />
    </BlockStack>
  );
}

/** What customers choose for their points. */
export function TopRewardsCard({ rewards }: { rewards: LoyaltyOverview['topRewards'] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('loyalty.top.title')}</CardTitle>
        {rewards.length === 0 && (
          <Text as="p" tone="subdued">
            {t('loyalty.top.empty')}
          </Text>
        )}
        <BlockStack as="ul" gap="200">
          {rewards.map(({ id, title, redeemed, used }) => (
            <li key={id} style={{ listStyle: 'none' }}>
              <InlineStack align="space-between" gap="200" wrap>
                <Link url={`/app/loyalty/rewards?reward=${id}`}>{title}</Link>
                <Text as="span" tone="subdued">
                  {t('loyalty.top.line', { count: redeemed, used })}
                </Text>
              </InlineStack>
            </li>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}
