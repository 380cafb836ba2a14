export interface WantedPoints {
  line: number;
  profileId: bigint;
  points: number; // whole, signed
}

/**
 * What may be posted, line by line: points are given as they are, and taken by the rule for taking by hand, which stops at
 * 0 and takes nothing from who is below it. `balances` are those before the first line. Pure.
 */
export function planBatchPostings(
  lines: WantedPoints[],
  balances: ReadonlyMap<bigint, number>,
): Map<number, number> {
  const left = new Map(balances);
  const planned = new Map<number, number>();
  for (const { line, profileId, points } of lines) {
    const balance = left.get(profileId) ?? 0;
    const posted = points >= 0 ? points : -Math.min(-points, Math.max(0, balance)) || 0;
    left.set(profileId, balance + posted);
    planned.set(line, posted);
  }
  return planned;
}
