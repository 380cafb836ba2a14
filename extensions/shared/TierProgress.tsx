import type { Tier } from './read';
import { pointsText, type Words } from './words';

/** Where a member stands, and how far the next tier is. */
export function TierProgress({ tier, currency, words }: { tier: Tier; currency: string; words: Words }) {
  const { name, next } = tier;
  const missing = next && missingText(words, tier.basis, next.missing, currency);
  return (
    <s-stack gap="small-200">
      {name !== null && <s-text type="strong">{words.translate('tier', { tier: name })}</s-text>}
      {next && missing !== null && (
        <>
          <s-text>{words.translate('nextTier', { missing, tier: next.name })}</s-text>
          <s-progress value={next.progress} max={1} accessibilityLabel={next.name} />
        </>
      )}
    </s-stack>
  );
}

/** What is left to the next tier, in the unit the shop counts in; null when that is not known. */
function missingText(words: Words, basis: string, missing: number, currency: string): string | null {
  if (basis === 'net_spend') return currency ? words.formatCurrency(missing, { currency }) : null;
  if (basis === 'points_earned') return pointsText(words, missing);
  return words.translate('orders', { count: missing, number: words.formatNumber(missing) });
}
