import { Badge, BlockStack, Card, Text } from '@shopify/polaris';
import type { MissingScopes, RewardSummary } from '~/modules/loyalty/types';
import { EmptyCard } from '../empty-card';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowHead } from '../row-head';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import { rewardText } from './reward-text';

/** A reward as the loader sends it. */
export type RewardView = Omit<RewardSummary, 'id'> & { id: string };

type RewardState = 'on' | 'off' | 'notAllowed';

/** The shop's rewards; a row leads to its form. */
export function RewardTable({ rewards, missing }: { rewards: RewardView[]; missing: MissingScopes }) {
  const format = useFormat();
  return (
    <Card padding="0">
      <ListTable
        resource={{ singular: t('rewards.one'), plural: t('rewards.title') }}
        columns={[
          { title: t('rewards.column.reward') },
          { title: t('rewards.column.state') },
          { title: t('rewards.column.points'), alignment: 'end' },
          { title: t('rewards.column.redeemed'), alignment: 'end' },
          { title: t('rewards.column.used'), alignment: 'end' },
        ]}
        rows={rewards.map((reward) => toRow(reward, missing, format))}
        empty={
          <EmptyCard
            title={t('rewards.empty.title')}
            text={t('rewards.empty.text')}
            action={{ content: t('rewards.add'), url: '/app/loyalty/rewards?reward=new' }}
          />
        }
      />
    </Card>
  );
}

/** What is not allowed is offered to nobody, switched on or not. */
function stateOf({ enabled, kind }: RewardView, missing: MissingScopes): RewardState {
  if (!enabled) return 'off';
  return missing.some((one) => one.kind === kind) ? 'notAllowed' : 'on';
}

function toRow(reward: RewardView, missing: MissingScopes, format: Format): ListRow {
  const link = <RowLink url={`/app/loyalty/rewards?reward=${reward.id}`}>{reward.title}</RowLink>;
  const gives = (
    <Text as="span" tone="subdued" variant="bodySm">
      {rewardText(reward, format)}
    </Text>
  );
  const state = <RewardBadge reward={reward} missing={missing} />;
  const points = t('common.points', { count: reward.points });
  return {
    id: reward.id,
    cells: [
      <BlockStack key="reward">
        {link}
        {gives}
      </BlockStack>,
      state,
      format.number(reward.points),
      format.number(reward.redeemed),
      format.number(reward.used),
    ],
    summary: (
      <BlockStack gap="100">
        <RowHead link={link} state={state} />
        {gives}
        <Text as="span">{points}</Text>
      </BlockStack>
    ),
  };
}

const tones = { on: 'success', off: undefined, notAllowed: 'warning' } as const;

/** Whether customers are offered a reward. */
export function RewardBadge({ reward, missing }: { reward: RewardView; missing: MissingScopes }) {
  const state = stateOf(reward, missing);
  return <Badge tone={tones[state]}>{t(`rewards.${state}`)}</Badge>;
}
