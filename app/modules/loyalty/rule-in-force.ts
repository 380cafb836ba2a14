import type { EarnRule } from './types';

/** The version in force at a moment, of versions oldest first; before the first one began, the first. */
export function ruleInForce(rules: EarnRule[], at: Date): EarnRule | null {
  return rules.findLast((rule) => rule.effectiveFrom <= at) ?? rules[0] ?? null;
}
