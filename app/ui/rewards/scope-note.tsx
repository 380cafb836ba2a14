import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, InlineError } from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { optionalScopes, type MissingScopes, type RewardTerms } from '~/modules/loyalty/types';
import { t, word } from '../i18n';

/** Says what can't be given before the merchant allows the app to, and lets Shopify ask them in place. */
export function ScopeNote({
  kind,
  missing,
  children,
}: {
  kind: RewardTerms['kind'];
  missing: MissingScopes;
  children: ReactNode;
}) {
  const found = missing.find((one) => one.kind === kind);
  return found ? (
    <Note key={found.scope} scope={found.scope}>
      {children}
    </Note>
  ) : null;
}

function Note({ scope, children }: { scope: MissingScopes[number]['scope']; children: ReactNode }) {
  const { allow, asking, failed } = useAllow(scope);
  const mayAsk = optionalScopes.includes(scope);
  return (
    <Banner
      tone="warning"
      title={word('neededScope', scope)}
      action={mayAsk ? { content: t('rewards.scope.allow'), onAction: allow, loading: asking } : undefined}
    >
      <BlockStack gap="200">
        <p>{children}</p>
        {!mayAsk && <p>{t('rewards.scope.reopen')}</p>}
        {failed && <InlineError message={t('rewards.scope.failed')} fieldID={scope} />}
      </BlockStack>
    </Banner>
  );
}

function useAllow(scope: string) {
  const shopify = useAppBridge();
  const fetcher = useFetcher();
  const [state, setState] = useState<'asking' | 'failed' | null>(null);
  const ask = async () => {
    const { result } = await shopify.scopes.request([scope]);
    setState(null);
    // The server asks Shopify what was allowed; the page is then loaded anew without the note.
    if (result === 'granted-all') fetcher.submit(null, { method: 'post', action: '/app/scopes' });
  };
  return {
    allow: () => {
      setState('asking');
      ask().catch(() => setState('failed'));
    },
    asking: state === 'asking' || fetcher.state !== 'idle',
    failed: state === 'failed',
  };
}
