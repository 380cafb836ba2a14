import { useEffect, useRef } from 'react';

/**
 * Does something with each answer of an action: once, however often the page is drawn until the next one comes. Null is no answer:
 * sending came to nothing, and `keepPage` has said so.
 */
export function useAnswer<T>(answer: T | null | undefined, act: (answer: T) => void): void {
  const latest = useRef(act);
  const seen = useRef(answer);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (answer === undefined || answer === null || seen.current === answer) return;
    seen.current = answer;
    latest.current(answer);
  }, [answer]);
}
