import { useState } from 'preact/hooks';
import { NoteBanner } from '../../shared/NoteBanner';
import type { Code, Reward } from '../../shared/read';
import { PointsChoice } from '../../shared/PointsChoice';
import { fitPoints } from '../../shared/slider';
import type { Redeeming } from '../../shared/use-redeem';
import { pointsText } from '../../shared/words';
import type { MemberAnswer } from './answer';

interface Props {
  answer: MemberAnswer;
  redeeming: Redeeming;
  apply: (code: Code) => void;
}

const mostShown = 5; // a checkout is no catalogue; the account shows all

/** Codes one has and rewards one can have, to use in place; or how to, where this checkout takes no codes from us. */
export function Rewards({ answer, redeeming, apply }: Props) {
  const { busy, note, choose } = redeeming;
  const codes = answer.codes.slice(0, mostShown);
  const rewards = answer.rewards.slice(0, mostShown);
  if (codes.length === 0 && rewards.length === 0 && !note) return null;
  if (!shopify.instructions.value.discounts.canUpdateDiscountCodes)
    return <s-text color="subdued">{shopify.i18n.translate('elsewhere')}</s-text>;
  return (
    <s-stack gap="small-200">
      <s-heading>{shopify.i18n.translate('rewards')}</s-heading>
      <NoteBanner note={note} words={shopify.i18n} />
      {codes.map((code) => (
        <Line
          key={code.code}
          what={`${code.title} (${code.code})`}
          below={notYet(code) ?? shortOf(code.minimum, answer)}
        >
          {isApplied(code) ? (
            <s-badge>{shopify.i18n.translate('inUse')}</s-badge>
          ) : (
            <s-button variant="secondary" disabled={busy !== null} onClick={() => apply(code)}>
              {shopify.i18n.translate('apply')}
            </s-button>
          )}
        </Line>
      ))}
      {rewards.map((reward) => (
        <RewardLine key={reward.id} reward={reward} answer={answer} busy={busy} choose={choose} />
      ))}
    </s-stack>
  );
}

function RewardLine({
  reward,
  answer,
  busy,
  choose,
}: Pick<Redeeming, 'busy' | 'choose'> & { reward: Reward; answer: MemberAnswer }) {
  const { slider } = reward;
  const [wanted, setWanted] = useState(reward.points);
  const points = fitPoints(reward, wanted);
  const below = shortOf(reward.minimum, answer);
  return (
    <s-stack gap="small-200">
      <Line what={priceOf(reward, points)} below={below}>
        <s-button
          variant="secondary"
          loading={busy === reward.id}
          disabled={busy !== null && busy !== reward.id}
          accessibilityLabel={shopify.i18n.translate('redeemThis', { title: reward.title })}
          onClick={() => choose(reward, slider === null ? undefined : points)}
        >
          {shopify.i18n.translate('redeem')}
        </s-button>
      </Line>
      {below === null && (
        <PointsChoice
          reward={reward}
          currency={answer.currency}
          points={points}
          choose={setWanted}
          words={shopify.i18n}
        />
      )}
    </s-stack>
  );
}

/** `below`: what the cart must come to, or the day that must come, before this can be used; then there is no button. */
function Line({
  what,
  below,
  children,
}: {
  what: string;
  below: string | null;
  children: preact.ComponentChildren;
}) {
  return (
    <s-stack direction="inline" gap="base" justifyContent="space-between" alignItems="center">
      <s-text>{what}</s-text>
      {below === null ? children : <s-text color="subdued">{below}</s-text>}
    </s-stack>
  );
}

function priceOf({ title }: Reward, points: number): string {
  return `${title} · ${pointsText(shopify.i18n, points)}`;
}

/** Only an amount in the same currency can be compared; otherwise Shopify decides. */
function shortOf(minimum: number | null, { currency }: MemberAnswer): string | null {
  const { amount, currencyCode } = shopify.cost.subtotalAmount.value;
  if (minimum === null || currencyCode !== currency || amount >= minimum) return null;
  return shopify.i18n.translate('fromAmount', {
    amount: shopify.i18n.formatCurrency(minimum, { currency }),
  });
}

function notYet({ startsAt }: Code): string | null {
  if (startsAt === null) return null;
  const { i18n } = shopify;
  return i18n.translate('validFrom', { date: i18n.formatDate(new Date(startsAt), { dateStyle: 'long' }) });
}

function isApplied({ code }: Code): boolean {
  return shopify.discountCodes.value.some((applied) => applied.code === code);
}
