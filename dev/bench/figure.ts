/** What one benchmark found. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What it must reach, or may not exceed; absent where it is only good to know. */
  budget?: { atLeast: number } | { atMost: number };
  /** Another figure of this run it is shown as a multiple of: machines differ, ratios hardly do. */
  of?: { name: string; value: number };
  note?: string;
}

export interface BenchContext {
  /** A database of the bench's own, migrated. */
  databaseUrl: string;
  /** How long to measure, in seconds; warm-up comes on top. */
  seconds: number;
}

export type Bench = (context: BenchContext) => Promise<Figure[]>;

export function isMissed({ value, budget }: Figure): boolean {
  if (!budget) return false;
  return 'atLeast' in budget ? value < budget.atLeast : value > budget.atMost;
}
