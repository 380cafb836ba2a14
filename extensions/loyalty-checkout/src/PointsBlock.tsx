import type { ComponentChildren } from 'preact';
import type { VisibleAnswer } from './answer';
import type { PointsView } from './use-points';

interface Props {
  view: PointsView;
  /** The merchant's own heading; the default in the shopper's language when empty. */
  heading: string;
}

export function PointsBlock({ view, heading }: Props) {
  if (view.state === 'empty') return null;
  if (view.state === 'loading') {
    return (
      <Frame heading={heading}>
        <s-skeleton-paragraph />
      </Frame>
    );
  }
  return (
    <Frame heading={heading}>
      {describe(view.answer).map((line) => (
        <s-paragraph key={line}>{line}</s-paragraph>
      ))}
    </Frame>
  );
}

/** One frame for the skeleton and for the answer, so that screen readers hear the answer arrive in a live region. */
function Frame({ heading, children }: { heading: string; children: ComponentChildren }) {
  return (
    <s-section heading={heading || shopify.i18n.translate('heading')}>
      <s-stack gap="small-200" accessibilityRole="status">
        {children}
      </s-stack>
    </s-section>
  );
}

function describe(answer: VisibleAnswer): string[] {
  switch (answer.status) {
    case 'guest':
      return [sentence('invitation', answer.earns)];
    case 'member':
      return [
        sentence('balance', answer.balance),
        ...(answer.earns > 0 ? [sentence('earns', answer.earns)] : []),
        ...(answer.pending > 0 ? [sentence('pending', answer.pending)] : []),
      ];
  }
}

/** `count` picks singular or plural; `points` is the number as the shopper's language writes it. */
function sentence(key: string, points: number): string {
  return shopify.i18n.translate(key, { count: points, points: shopify.i18n.formatNumber(points) });
}
