import { useState } from 'preact/hooks';
import { NoteBanner } from '../../shared/NoteBanner';
import type { Code } from '../../shared/read';
import { PointsChoice } from '../../shared/PointsChoice';
import { fitPoints } from '../../shared/slider';
import type { Redeeming } from '../../shared/use-redeem';
import { pointsText } from '../../shared/words';
import type { Account, AccountReward } from './answer';

/** Codes to use, and what points buy: what one can have now, and how far the rest is. */
export function Rewards({ account, redeeming }: { account: Account; redeeming: Redeeming }) {
  const { codes, rewards, currency } = account;
  const { i18n } = shopify;
  if (codes.length === 0 && rewards.length === 0) return null;
  return (
    <s-section heading={i18n.translate('rewardsHeading')}>
      <s-stack gap="base">
        <NoteBanner note={redeeming.note} words={i18n} />
        {codes.map((code) => (
          <CodeLine key={code.code} code={code} currency={currency} />
        ))}
        {rewards.map((reward) => (
          <RewardLine key={reward.id} reward={reward} currency={currency} redeeming={redeeming} />
        ))}
      </s-stack>
    </s-section>
  );
}

function CodeLine({ code: shown, currency }: { code: Code; currency: string }) {
  const { code, title, minimum, startsAt, expiresAt } = shown;
  const { i18n } = shopify;
  const clipboard = `clipboard-${code}`;
  const terms = [
    minimumText(minimum, currency),
    startsAt !== null && i18n.translate('validFrom', { date: dayText(startsAt) }),
    expiresAt !== null && i18n.translate('validUntil', { date: dayText(expiresAt) }),
  ].filter((text) => typeof text === 'string');
  return (
    <s-stack direction="inline" justifyContent="space-between" alignItems="center" gap="base">
      <s-stack gap="none">
        <s-text type="strong">{code}</s-text>
        <s-text>{title}</s-text>
        {terms.length > 0 && <s-text color="subdued">{terms.join(' · ')}</s-text>}
      </s-stack>
      <s-button
        variant="secondary"
        command="--copy"
        commandFor={clipboard}
        accessibilityLabel={i18n.translate('copyThis', { code })}
      >
        {i18n.translate('copy')}
      </s-button>
      <s-clipboard-item id={clipboard} text={code} />
    </s-stack>
  );
}

function RewardLine({
  reward,
  currency,
  redeeming: { busy, choose },
}: {
  reward: AccountReward;
  currency: string;
  redeeming: Redeeming;
}) {
  const { id, title, minimum, slider, missing, usedUp, onlyFor } = reward;
  const { i18n } = shopify;
  const [points, setPoints] = useState(reward.points);
  const price = pointsText(i18n, reward.points);
  const terms = [
    slider === null ? price : i18n.translate('fromAmount', { amount: price }),
    minimumText(minimum, currency),
  ].filter((text) => text !== null);
  const isOpen = onlyFor.length === 0 && !usedUp && missing === 0;
  return (
    <s-stack direction="inline" justifyContent="space-between" alignItems="center" gap="base">
      <s-stack gap="none">
        <s-text type="strong">{title}</s-text>
        <s-text color="subdued">{terms.join(' · ')}</s-text>
        {isOpen && (
          <PointsChoice
            reward={reward}
            currency={currency}
            points={fitPoints(reward, points)}
            choose={setPoints}
            words={i18n}
          />
        )}
      </s-stack>
      {onlyFor.length > 0 && (
        <s-text color="subdued">{i18n.translate('onlyFor', { tiers: onlyFor.join(', ') })}</s-text>
      )}
      {onlyFor.length === 0 && usedUp && <s-text color="subdued">{i18n.translate('usedUp')}</s-text>}
      {onlyFor.length === 0 && !usedUp && missing > 0 && (
        <s-text color="subdued">
          {i18n.translate('toGo', { count: missing, points: i18n.formatNumber(missing) })}
        </s-text>
      )}
      {isOpen && (
        <s-button
          variant="secondary"
          loading={busy === id}
          disabled={busy !== null && busy !== id}
          accessibilityLabel={i18n.translate('redeemThis', { title })}
          onClick={() => choose(reward, slider === null ? undefined : fitPoints(reward, points))}
        >
          {i18n.translate('redeem')}
        </s-button>
      )}
    </s-stack>
  );
}

function dayText(moment: string): string {
  return shopify.i18n.formatDate(new Date(moment), { dateStyle: 'long' });
}

function minimumText(minimum: number | null, currency: string): string | null {
  if (minimum === null) return null;
  return shopify.i18n.translate('fromAmount', { amount: shopify.i18n.formatCurrency(minimum, { currency }) });
}
