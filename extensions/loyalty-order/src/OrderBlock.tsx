import { useOrder } from '@shopify/ui-extensions/customer-account/preact';
import { render } from 'preact';
import { TierProgress } from '../../shared/TierProgress';
import { pointsText } from '../../shared/words';
import type { OrderPoints } from './answer';
import { useOrderPoints } from './use-order-points';

export default function main() {
  render(<OrderBlock />, document.body);
}

function OrderBlock() {
  const points = useOrderPoints(useOrder()?.id);
  return points && <Points points={points} />;
}

function Points({ points: { earned, balance, currency, tier } }: { points: OrderPoints }) {
  const { i18n } = shopify;
  return (
    <s-section heading={i18n.translate('heading')}>
      <s-stack gap="small-200">
        {earned && <s-text type="strong">{earnedText(earned)}</s-text>}
        <s-text>{i18n.translate('balance', { points: pointsText(i18n, balance) })}</s-text>
        {tier && <TierProgress tier={tier} currency={currency} words={i18n} />}
      </s-stack>
    </s-section>
  );
}

function earnedText({ points, pending }: NonNullable<OrderPoints['earned']>): string {
  const { i18n } = shopify;
  if (points === 0 && pending === 0) return i18n.translate('earnsNothing');
  if (pending === 0) return i18n.translate('earned', { points: pointsText(i18n, points) });
  return i18n.translate('onItsWay', { points: pointsText(i18n, points + pending) });
}
