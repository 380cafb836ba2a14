import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { t } from './i18n';
import { useAnswer } from './use-answer';

export type DraftErrors<Draft> = Partial<Record<keyof Draft & string, string>>;
/** What the action of a page with a draft answers. */
export type DraftResult<Draft> = { saved: true } | { errors: DraftErrors<Draft> };

type Plain = Record<string, string | number | boolean | string[] | null>;

/**
 * What stands in a form, its mistakes, and saving it as JSON to the page's action. `findMistakes` is asked before anything is
 * sent; a field that is being corrected is not wrong until it is saved again.
 */
export function useDraft<Draft extends Plain>(
  saved: Draft,
  findMistakes: (draft: Draft) => object | { errors: DraftErrors<Draft> },
) {
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<DraftErrors<Draft>>({});
  const { submit, saving } = useSave<Draft>(setErrors);
  return {
    draft,
    errors,
    saving,
    change: (changes: Partial<Draft>) => {
      setDraft((current) => ({ ...current, ...changes }));
      const corrected = Object.fromEntries(Object.keys(changes).map((name) => [name, undefined]));
      setErrors((current) => ({ ...current, ...corrected }));
    },
    save: () => {
      const found = findMistakes(draft);
      if ('errors' in found) setErrors(found.errors);
      else submit(draft);
    },
  };
}

function useSave<Draft extends Plain>(onErrors: (errors: DraftErrors<Draft>) => void) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ saved: true } | { errors: DraftErrors<Draft> }>();
  const result: DraftResult<Draft> | undefined = fetcher.data;
  useAnswer(result, (answer) => {
    if ('errors' in answer) onErrors(answer.errors);
    else shopify.toast.show(t('settings.saved'));
  });
  return {
    submit: (draft: Draft) => fetcher.submit(draft, { method: 'post', encType: 'application/json' }),
    saving: fetcher.state !== 'idle',
  };
}
