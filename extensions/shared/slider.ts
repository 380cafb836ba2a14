import type { Reward, Slider } from './read';

/** The step at or below what somebody typed, within what they may choose. */
export function fitPoints({ points: least, slider }: Reward, wanted: number): number {
  if (slider === null || !Number.isFinite(wanted)) return least;
  const within = Math.min(Math.max(wanted, least), slider.most);
  return least + Math.floor((within - least) / slider.step) * slider.step;
}

/**
 * What points are worth, in the shop's currency, rounded down to what it has coins for. To show: the server computes what
 * counts.
 */
export function sliderValue({ perUnit }: Slider, points: number, currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const unit = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  return Math.floor((points * unit) / perUnit) / unit;
}
