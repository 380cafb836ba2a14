import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { t } from './i18n';
import { useAnswer } from './use-answer';
import { useDraftState, type Mistakes } from './use-draft-state';

export type DraftErrors<Draft> = Partial<Record<keyof Draft & string, string>>;
/** What the action of a page with a draft answers. */
export type DraftResult<Draft> = { saved: true } | { errors: DraftErrors<Draft> };

type Plain = Record<string, string | number | boolean | string[] | null>;

/** A draft that is saved as JSON to the page's action. */
export function useDraft<Draft extends Plain>(
  saved: Draft,
  findMistakes: (draft: Draft) => object | { errors: DraftErrors<Draft> },
) {
  const { check, setErrors, ...form } = useDraftState(saved, findMistakes);
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ saved: true } | { errors: Mistakes }>();
  useAnswer(fetcher.data, (answer) => {
    if ('errors' in answer) setErrors(answer.errors);
    else shopify.toast.show(t('settings.saved'));
  });
  return {
    ...form,
    saving: fetcher.state !== 'idle',
    save: () => check((draft) => fetcher.submit(draft, { method: 'post', encType: 'application/json' })),
  };
}
