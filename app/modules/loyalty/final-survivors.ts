import type { LedgerMerge } from './types';

/** Whom each profile ends up in, when one was merged into another that was merged in turn. */
export function finalSurvivors(merges: LedgerMerge[]): Map<bigint, bigint> {
  const next = new Map(merges.map(({ fromProfileId, intoProfileId }) => [fromProfileId, intoProfileId]));
  const follow = (profileId: bigint): bigint => {
    let current = profileId;
    for (let step = 0; step <= next.size; step += 1) current = next.get(current) ?? current;
    return current;
  };
  return new Map(
    [...next.keys()].map((from) => [from, follow(from)] as const).filter(([from, into]) => from !== into),
  );
}
