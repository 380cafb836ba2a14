import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import { t } from '../i18n';
import { useAnswer } from '../use-answer';

export type RuleIntent = 'preview' | 'save';

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

/** Sends a rule for earning to the page's action, and goes back to the list when it is saved. */
export function useRuleAction(onErrors: (errors: Record<string, string>) => void) {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<RuleResult>();
  const [asked, setAsked] = useState<RuleIntent>('preview');
  const result = fetcher.data;
  useAnswer(result, (answer) => {
    if ('errors' in answer) onErrors(answer.errors);
    else if ('saved' in answer) {
      shopify.toast.show(t('earning.saved'));
      navigate('/app/loyalty/earning');
    }
  });
  return {
    send: (message: { intent: RuleIntent; draft: object; campaign?: number | null }) => {
      setAsked(message.intent);
      fetcher.submit(JSON.stringify(message), { method: 'post', encType: 'application/json' });
    },
    sending: fetcher.state === 'idle' ? null : asked,
    preview: result && 'preview' in result ? result : null,
    done: result !== undefined && 'saved' in result,
  };
}
