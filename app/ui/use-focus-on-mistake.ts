import { useEffect, useRef } from 'react';

/** Saving leads to the first field that has to be corrected; correcting it leads nowhere else. */
export function useFocusOnMistake(errors: object): void {
  const mistakes = Object.values(errors).filter(Boolean).length;
  const before = useRef(0);
  useEffect(() => {
    if (mistakes > before.current) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    before.current = mistakes;
  }, [mistakes]);
}
