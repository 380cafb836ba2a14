import type { ComponentChildren } from 'preact';
import { TierProgress } from '../../shared/TierProgress';
import type { Redeeming } from '../../shared/use-redeem';
import type { Code } from '../../shared/read';
import type { VisibleAnswer } from './answer';
import { Rewards } from './Rewards';
import type { PointsView } from './use-points';

interface Props {
  view: PointsView;
  /** The merchant's own heading; the default in the shopper's language when empty. */
  heading: string;
  redeeming: Redeeming;
  apply: (code: Code) => void;
}

export function PointsBlock({ view, heading, redeeming, apply }: Props) {
  if (view.state === 'empty') return null;
  // Rewards stay while the total changes, or whoever has just pressed a button would lose their place.
  const answer = view.state === 'shown' ? view.answer : view.former;
  return (
    <s-section heading={heading || shopify.i18n.translate('heading')}>
      <s-stack gap="base">
        <Announced>
          {view.state === 'shown' ? (
            describe(view.answer).map((line) => <s-paragraph key={line}>{line}</s-paragraph>)
          ) : (
            <s-skeleton-paragraph />
          )}
        </Announced>
        {answer?.status === 'member' && answer.tier && (
          <TierProgress tier={answer.tier} currency={answer.currency} words={shopify.i18n} />
        )}
        {answer?.status === 'member' && <Rewards answer={answer} redeeming={redeeming} apply={apply} />}
      </s-stack>
    </s-section>
  );
}

/** One frame for the skeleton and for the answer, so that screen readers hear the answer arrive in a live region. */
function Announced({ children }: { children: ComponentChildren }) {
  return (
    <s-stack gap="small-200" accessibilityRole="status">
      {children}
    </s-stack>
  );
}

function describe(answer: VisibleAnswer): string[] {
  switch (answer.status) {
    case 'guest':
      return [sentence(answer.isAbout ? 'invitationAbout' : 'invitation', answer.earns)];
    case 'member':
      return [
        sentence('balance', answer.balance),
        ...(answer.earns > 0 ? [sentence(answer.isAbout ? 'earnsAbout' : 'earns', answer.earns)] : []),
        ...(answer.pending > 0 ? [sentence('pending', answer.pending)] : []),
      ];
  }
}

/** `count` picks singular or plural; `points` is the number as the shopper's language writes it. */
function sentence(key: string, points: number): string {
  return shopify.i18n.translate(key, { count: points, points: shopify.i18n.formatNumber(points) });
}
