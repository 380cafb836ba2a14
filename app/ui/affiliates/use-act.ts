import { useFetcher, type SubmitFunction } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef } from 'react';
import { t } from '../i18n';

/** What the actions of the affiliates' pages answer. */
export type ActResult = { done: true } | { error: string };

type Body = Extract<Parameters<SubmitFunction>[0], Record<string, unknown>>;

/** Something a button does: sends it, says that it is done, or what was wrong with it. */
export function useAct(onDone?: () => void): {
  act: (body: Body) => void;
  acting: boolean;
  error: string | undefined;
} {
  const shopify = useAppBridge();
  const fetcher = useFetcher<ActResult>();
  const result = fetcher.data;
  const said = useRef<unknown>(undefined);
  useEffect(() => {
    if (!result || said.current === result || 'error' in result) return;
    said.current = result;
    shopify.toast.show(t('affiliates.saved'));
    onDone?.();
  }, [result, shopify, onDone]);
  return {
    act: (body) => fetcher.submit(body, { method: 'post', encType: 'application/json' }),
    acting: fetcher.state !== 'idle',
    error: result && 'error' in result && fetcher.state === 'idle' ? result.error : undefined,
  };
}
