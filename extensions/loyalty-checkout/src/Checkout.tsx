import { Component, render, type ComponentChildren } from 'preact';
import { PointsBlock } from './PointsBlock';
import { usePoints } from './use-points';

export default function main() {
  draw();
  const { totalAmount, totalTaxAmount, totalShippingAmount } = shopify.cost;
  for (const amount of [totalAmount, totalTaxAmount, totalShippingAmount]) amount.subscribe(draw);
  shopify.settings.subscribe(draw);
}

function draw() {
  render(
    <Silence>
      <LoyaltyPoints />
    </Silence>,
    document.body,
  );
}

function LoyaltyPoints() {
  const { totalAmount, totalTaxAmount, totalShippingAmount } = shopify.cost;
  const { amount: total, currencyCode: currency } = totalAmount.value;
  const { heading } = shopify.settings.value;
  const view = usePoints({
    total,
    tax: totalTaxAmount.value?.amount,
    shipping: totalShippingAmount.value?.amount,
    currency,
  });
  return <PointsBlock view={view} heading={typeof heading === 'string' ? heading.trim() : ''} />;
}

/** A checkout without our block is fine; a checkout with an error message of ours is not. */
class Silence extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? null : this.props.children;
  }
}
