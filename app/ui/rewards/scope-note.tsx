import { Banner } from '@shopify/polaris';
import type { RewardTerms } from '~/modules/loyalty/types';
import { t, word } from '../i18n';

/** What the shop has not allowed, by kind of reward, and where that is done. */
export type MissingScopes = { kind: RewardTerms['kind']; scope: string; url: string }[];

/** Says that rewards of this kind can't be given before the merchant allows the app to. */
export function ScopeNote({ kind, missing }: { kind: RewardTerms['kind']; missing: MissingScopes }) {
  const found = missing.find((one) => one.kind === kind);
  if (!found) return null;
  return (
    <Banner
      tone="warning"
      title={word('neededScope', found.scope)}
      action={{ content: t('rewards.scope.allow'), url: found.url, target: '_top' }}
    >
      {t('rewards.scope.text')}
    </Banner>
  );
}
