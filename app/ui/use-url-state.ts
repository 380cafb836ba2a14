import { useSearchParams } from '@remix-run/react';
import { useCallback } from 'react';

export type UrlChanges = Record<string, string | undefined>;

/**
 * The search part of the URL as the state of a list: it survives reloading, going back and sharing. Every change but that
 * of the cursor starts the list anew. Parameters of others (Shopify adds some) are left alone.
 */
export function useUrlState(): {
  get: (name: string) => string | undefined;
  change: (changes: UrlChanges) => void;
} {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (changes: UrlChanges) => {
      setParams(
        (current) => {
          const next = new URLSearchParams(current);
          for (const [name, value] of Object.entries<string | undefined>({
            after: undefined,
            before: undefined,
            ...changes,
          })) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { preventScrollReset: true },
      );
    },
    [setParams],
  );
  return { get: (name) => params.get(name) ?? undefined, change };
}
