/** Cents as Shopify writes money: a decimal string. */
export function formatCents(cents: number): string {
  const sign = cents < 0 ? '-' : '';
  const whole = Math.floor(Math.abs(cents) / 100);
  return `${sign}${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
}

export function parseCents(amount: string): number {
  return Math.round(Number(amount) * 100);
}

/** `whole` split by weight; the parts add up to it exactly. */
export function splitCents(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let given = 0;
  let weightSoFar = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const upToHere = total === 0 ? 0 : Math.round((whole * weightSoFar) / total);
    const part = upToHere - given;
    given = upToHere;
    return part;
  });
}
