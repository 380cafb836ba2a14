import { useEffect, useRef, useState } from 'preact/hooks';
import { isWorthShowing, type VisibleAnswer } from './answer';
import { askPoints, toQuery, type PointsQuestion } from './ask-points';

/** Longer than this and the shopper has moved on: better nothing than something that pops in late. */
const deadlineMs = 3_000;
/** Totals change in bursts (shipping, tax, discount): ask once they have settled. */
const settleMs = 300;

/** While the next answer is awaited, `former` is the last one: what does not depend on the total may stay. */
export type PointsView =
  | { state: 'loading'; former: VisibleAnswer | null }
  | { state: 'empty' }
  | { state: 'shown'; answer: VisibleAnswer };

interface Settled {
  question: string;
  view: PointsView;
}

/**
 * The points for this order. An answer is kept together with the question it belongs to, so that a total that has just
 * changed can never be shown with the points of the one before. Another `round` asks again though the total is the same.
 */
export function usePoints(asked: PointsQuestion, round: number): PointsView {
  const query = toQuery(asked);
  const question = `${round} ${query}`;
  const [settled, setSettled] = useState<Settled | null>(null);
  const askedRef = useRef(false);

  useEffect(() => {
    const controller = new AbortController();
    let timer = setTimeout(ask, askedRef.current ? settleMs : 0);
    let current = true;
    askedRef.current = true;

    function ask() {
      timer = setTimeout(() => controller.abort(), deadlineMs);
      askPoints(query, controller.signal).then(
        (answer) => settle(isWorthShowing(answer) ? { state: 'shown', answer } : { state: 'empty' }),
        () => settle({ state: 'empty' }),
      );
    }
    function settle(view: PointsView) {
      clearTimeout(timer);
      if (current) setSettled({ question, view });
    }

    return () => {
      current = false;
      clearTimeout(timer);
      controller.abort();
    };
  }, [question, query]);

  if (settled?.question === question) return settled.view;
  // Where nothing was shown, asking again must not make the page jump.
  if (settled?.view.state === 'empty') return settled.view;
  return { state: 'loading', former: settled?.view.state === 'shown' ? settled.view.answer : null };
}
