import { useSyncExternalStore } from 'react';

const noChanges = () => () => {};

/** False on the server and for the first moment in the browser: for what can only be drawn there. */
export function useInBrowser(): boolean {
  return useSyncExternalStore(
    noChanges,
    () => true,
    () => false,
  );
}
