import type { Tx } from '~/platform/db/index.server';
import { defaultEarnRule } from './default-earn-rule';
import { readEarnRules } from './read-earn-rules.server';
import { ruleInForce } from './rule-in-force';
import type { EarnRule } from './types';

/** The rule in force at a moment. A shop that has none yet is told the default, without its being stored. */
export async function getEarnRule(tx: Tx, input: { shopId: number; at: Date }): Promise<EarnRule> {
  const rules = await readEarnRules(tx, input);
  return ruleInForce(rules, input.at) ?? { ...defaultEarnRule, effectiveFrom: input.at };
}
