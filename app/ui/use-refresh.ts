import { useRevalidator } from '@remix-run/react';
import { useEffect } from 'react';

/** Reads the page's data anew every so often while something is running. */
export function useRefresh(running: boolean, everyMs: number): void {
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (!running || state !== 'idle') return;
    const timer = setTimeout(() => revalidate(), everyMs);
    return () => clearTimeout(timer);
  }, [running, revalidate, state, everyMs]);
}
