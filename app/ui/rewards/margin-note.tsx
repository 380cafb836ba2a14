import { Banner } from '@shopify/polaris';
import { findMarginWarning } from '~/modules/loyalty/types';
import { decimal } from '~/platform/money';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { findRewardMistakes, type RewardDraft } from './reward-draft';

/** Says when an order with this reward could sell below cost, while it is being written. `margin` is a share, as text. */
export function MarginNote({ draft, margin }: { draft: RewardDraft; margin: string | null }) {
  const format = useFormat();
  const found = findRewardMistakes({ ...draft, title: draft.title || '-', points: draft.points || '1' });
  if ('errors' in found) return null;
  const warning = findMarginWarning(found.terms, margin === null ? null : decimal(margin));
  if (warning === null) return null;
  if (warning.kind === 'unknown') return <Banner tone="info">{t('rewards.margin.unknown')}</Banner>;
  const share = format.percent(Number(margin));
  const text =
    warning.minimum === null
      ? t('rewards.margin.belowCost', { share })
      : t(warning.kind === 'no_minimum' ? 'rewards.margin.noMinimum' : 'rewards.margin.minimumTooLow', {
          share,
          minimum: format.money(warning.minimum),
        });
  return <Banner tone="warning">{text}</Banner>;
}
