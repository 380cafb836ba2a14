import type { FlowStepCounts } from '~/modules/insights/types';
import type { Format } from '../format';
import { t } from '../i18n';

/** What came of a step so far, in words; only what is not zero. */
export function stepFigures(counts: FlowStepCounts | undefined, format: Format): string[] {
  if (!counts) return [];
  const { waiting, sent, withheld, clicked, orders, revenue } = counts;
  return [
    waiting > 0 && t('flows.step.waiting', { count: waiting }),
    sent > 0 && t('flows.step.sent', { count: sent }),
    withheld > 0 && t('flows.step.withheld', { count: withheld }),
    clicked > 0 && t('flows.step.clicked', { count: clicked }),
    orders > 0 && t('flows.step.orders', { count: orders }),
    Number(revenue) > 0 && format.money(revenue),
  ].filter((text) => text !== false);
}
