import { useEffect, useRef } from 'react';

/** Does something with each answer of an action: once, however often the page is drawn until the next one comes. */
export function useAnswer<T>(answer: T | undefined, act: (answer: T) => void): void {
  const latest = useRef(act);
  const seen = useRef(answer);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (answer === undefined || seen.current === answer) return;
    seen.current = answer;
    latest.current(answer);
  }, [answer]);
}
