import { Component, render, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { redeem, type Command } from '../../shared/redeem';
import { useRedeem, type Note } from '../../shared/use-redeem';
import { readOrder } from './order';
import { PointsBlock } from './PointsBlock';
import { usePoints } from './use-points';

export default function main() {
  draw();
  const { subtotalAmount, totalAmount, totalTaxAmount, totalShippingAmount } = shopify.cost;
  for (const amount of [subtotalAmount, totalAmount, totalTaxAmount, totalShippingAmount])
    amount.subscribe(draw);
  shopify.lines.subscribe(draw);
  shopify.settings.subscribe(draw);
  shopify.discountCodes.subscribe(draw);
  shopify.discountAllocations.subscribe(draw);
  shopify.instructions.subscribe(draw);
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
  const { heading } = shopify.settings.value;
  const [round, setRound] = useState(0);
  const view = usePoints(readOrder(), round);
  const redeeming = useRedeem(askForReward, async ({ code, title }) => {
    // A checkout is offered codes only.
    const note = await applyCode(code ?? '', title);
    setRound((last) => last + 1); // the balance is another now, whether or not the total is
    return note;
  });
  return (
    <PointsBlock
      view={view}
      heading={typeof heading === 'string' ? heading.trim() : ''}
      redeeming={redeeming}
      apply={({ code, title }) => void applyCode(code, title).then(redeeming.tell)}
    />
  );
}

async function askForReward(command: Command) {
  return redeem(await shopify.sessionToken.get(), command);
}

/** Puts a code into the checkout. A code that does not fit this order is not lost: the note says where it is. */
async function applyCode(code: string, title: string): Promise<Note> {
  const values = { code, title };
  try {
    const { type } = await shopify.applyDiscountCodeChange({ type: 'addDiscountCode', code });
    if (type === 'success') return { tone: 'success', sentence: 'applied', values };
  } catch {
    // Shopify's checkout is busy or gone: the code is there all the same.
  }
  return { tone: 'critical', sentence: 'notApplied', values };
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
