import { numberIn } from './number-in';
import type { Reward } from './read';
import { fitPoints, sliderValue } from './slider';
import { pointsText, type Words } from './words';

interface Props {
  reward: Reward;
  currency: string; // of the shop
  points: number;
  choose: (points: number) => void;
  words: Words;
}

/** How many points to spend on a reward that lets the shopper choose, and what they are worth. Nothing for others. */
export function PointsChoice({ reward, currency, points, choose, words }: Props) {
  const { slider, points: least } = reward;
  if (slider === null || slider.most <= least) return null;
  const amount = words.formatCurrency(sliderValue(slider, points, currency), { currency });
  return (
    <s-stack gap="small-200">
      <s-number-field
        label={words.translate('choosePoints')}
        inputMode="numeric"
        min={least}
        max={slider.most}
        step={slider.step}
        value={String(points)}
        onChange={(event) => choose(fitPoints(reward, numberIn(event.currentTarget)))}
      />
      <s-text color="subdued">
        {words.translate('worth', { points: pointsText(words, points), amount })}
      </s-text>
    </s-stack>
  );
}
