import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { useAnswer } from '../use-answer';
import { useDraftState, type Mistakes } from '../use-draft-state';

type RuleIntent = 'preview' | 'save';

/** What a rule would have cost: how many people, or orders, it concerned. */
export interface RulePreview {
  days: number;
  points: number;
  people?: number;
  orders?: number;
  known?: boolean; // false: nothing is known about it
}

/** What saving, or looking at, a rule for earning answers. `cost` is shop currency; null while the value of a point is not told. */
export type RuleResult =
  | { saved: true }
  | { errors: Record<string, string> }
  | { preview: RulePreview; cost: string | null; of: string };

/** A rule for earning being written: looked at before it is saved, and left for the list once it is, saying `saved`. */
export function useRuleForm<Draft extends object>(
  saved: Draft,
  findMistakes: (draft: Draft) => object | { errors: Mistakes },
  { saved: savedText, ...which }: { saved: string; campaign?: number | null },
) {
  const { check, setErrors, ...form } = useDraftState(saved, findMistakes);
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<RuleResult>();
  const [asked, setAsked] = useState<RuleIntent>('preview');
  const result = fetcher.data;
  const isSaved = result !== undefined && 'saved' in result;
  useAnswer(result, (answer) => {
    if ('errors' in answer) setErrors(answer.errors);
    else if ('saved' in answer) {
      shopify.toast.show(savedText);
      navigate('/app/loyalty/earning');
    }
  });
  return {
    ...form,
    dirty: form.dirty && !isSaved,
    sending: fetcher.state === 'idle' ? null : asked,
    submit: (intent: RuleIntent) =>
      check((draft) => {
        setAsked(intent);
        const message = { intent, draft, ...which };
        fetcher.submit(JSON.stringify(message), { method: 'post', encType: 'application/json' });
      }),
    /** The look at what stands in the form now. */
    shown: result && 'preview' in result && result.of === JSON.stringify(form.draft) ? result : null,
  };
}
