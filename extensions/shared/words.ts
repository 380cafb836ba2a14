/** What Shopify gives every extension to speak the shopper's language. */
export interface Words {
  translate: (key: string, replacements?: Record<string, string | number>) => string;
  formatNumber: (value: number) => string;
  formatCurrency: (value: number, options: { currency: string }) => string;
}

export function pointsText(words: Words, points: number): string {
  return words.translate('points', { count: points, number: words.formatNumber(points) });
}
