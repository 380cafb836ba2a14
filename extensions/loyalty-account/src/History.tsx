import type { Entry } from './answer';

const known = [
  'order_earned',
  'order_refunded',
  'order_half_refunded',
  'order_partly_refunded',
  'order_cancelled',
  'order_released',
  'bonus',
  'bonus_taken_back',
  'earned',
  'taken_back',
  'released',
  'expired',
  'expired_back',
  'reward',
  'reward_back',
  'merged',
];

/** Every change of the points and why, newest first. */
export function History({
  entries,
  more,
  loading,
}: {
  entries: Entry[];
  more: (() => void) | null;
  loading: boolean;
}) {
  const { i18n } = shopify;
  return (
    <s-section heading={i18n.translate('historyHeading')}>
      {entries.length === 0 ? (
        <s-paragraph>{i18n.translate('historyEmpty')}</s-paragraph>
      ) : (
        <s-unordered-list>
          {entries.map((entry) => (
            <s-list-item key={entry.id}>
              {wordsOf(entry)}: {changeOf(entry)}{' '}
              <s-text color="subdued">{i18n.formatDate(new Date(entry.at), { dateStyle: 'medium' })}</s-text>
            </s-list-item>
          ))}
        </s-unordered-list>
      )}
      {more && (
        <s-button variant="secondary" loading={loading} onClick={more}>
          {i18n.translate('more')}
        </s-button>
      )}
    </s-section>
  );
}

/** What the server learns to say later is told as a change by the shop: never nothing, never a word of ours. */
function wordsOf({ meaning, order, title }: Entry): string {
  const key = known.includes(meaning) ? meaning : 'adjusted';
  return shopify.i18n.translate(key, {
    order: order ?? '',
    title: title ?? shopify.i18n.translate('aReward'),
  });
}

function changeOf({ points, pending }: Entry): string {
  const { i18n } = shopify;
  if (points === 0 && pending !== 0) return i18n.translate('onItsWay', { points: signed(pending) });
  return signed(points);
}

/** With a real minus sign, which screen readers say. */
function signed(points: number): string {
  const figure = shopify.i18n.formatNumber(Math.abs(points));
  if (points === 0) return figure;
  return points > 0 ? `+${figure}` : `\u2212${figure}`;
}
