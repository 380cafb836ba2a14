import type { Tier } from '../../shared/read';

/** Where a member stands, and how far the next tier is. */
export function TierProgress({ tier, currency }: { tier: Tier; currency: string }) {
  const { name, next } = tier;
  const { i18n } = shopify;
  const missing = next && missingText(tier.basis, next.missing, currency);
  return (
    <s-stack gap="small-200">
      {name !== null && <s-text type="strong">{i18n.translate('tier', { tier: name })}</s-text>}
      {next && missing !== null && (
        <>
          <s-text>{i18n.translate('nextTier', { missing, tier: next.name })}</s-text>
          <s-progress value={next.progress} max={1} accessibilityLabel={next.name} />
        </>
      )}
    </s-stack>
  );
}

/** What is left to the next tier, in the unit the shop counts in; null when that is not known. */
function missingText(basis: string, missing: number, currency: string): string | null {
  const { i18n } = shopify;
  if (basis === 'net_spend') return currency ? i18n.formatCurrency(missing, { currency }) : null;
  const key = basis === 'points_earned' ? 'points' : 'orders';
  return i18n.translate(key, { count: missing, number: i18n.formatNumber(missing) });
}
