import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { WorkState } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import { formatSpan } from '../format';
import { t } from '../i18n';

const worryingMs = 5 * 60_000;

/** What of the shop's work is due and not done yet, and for how long. */
export function WorkCard({ work, now }: { work: WorkState[]; now: string }) {
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('health.work.title')}</CardTitle>
        <BlockStack as="ul" gap="200">
          {work.map((state) => (
            <li key={state.kind} style={{ listStyle: 'none' }}>
              <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
                <Text as="span">{t(`health.work.${state.kind}`)}</Text>
                <WorkBadge state={state} now={now} />
              </InlineStack>
            </li>
          ))}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

/** Whether something has been waiting for longer than it should. */
export function isLate(work: WorkState[], now: string): boolean {
  return work.some((state) => lagOf(state, now) > worryingMs);
}

function lagOf({ oldestDueAt }: WorkState, now: string): number {
  return oldestDueAt === null ? 0 : Date.parse(now) - Date.parse(oldestDueAt);
}

function WorkBadge({ state, now }: { state: WorkState; now: string }) {
  if (state.waiting === 0) return <Badge tone="success">{t('health.work.idle')}</Badge>;
  const lag = lagOf(state, now);
  const text = [
    t('health.work.waiting', { count: state.waiting }),
    t('health.work.lag', { time: formatSpan(lag) }),
  ].join(', ');
  return <Badge tone={lag > worryingMs ? 'warning' : 'info'}>{text}</Badge>;
}
