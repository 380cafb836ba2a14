import { useFetcher, type SubmitFunction } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { t } from '../i18n';
import { useAnswer } from '../use-answer';

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
  useAnswer(result, (answer) => {
    if ('error' in answer) return;
    shopify.toast.show(t('affiliates.saved'));
    onDone?.();
  });
  return {
    act: (body) => fetcher.submit(body, { method: 'post', encType: 'application/json' }),
    acting: fetcher.state !== 'idle',
    error: result && 'error' in result && fetcher.state === 'idle' ? result.error : undefined,
  };
}
