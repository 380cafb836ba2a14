import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { lockAffiliates } from './lock-affiliates.server';
import { readRules } from './read-rules.server';
import { checkRuleTerms } from './rule-terms';
import type { CommissionRule, Rate, RateTerms, RuleTerms } from './types';

export interface SaveGroupInput {
  shopId: number;
  groupId: number | null; // null: a new one
  name: string;
  terms: RuleTerms;
  key: string; // of the form that was submitted: submitting it again makes no second group
  now: Date;
}

/**
 * Makes a group, or changes one from `now` on: other terms are a new version, and orders placed before keep theirs. Idempotent.
 * Throws `invalid` for terms that make no rule, `not_found`.
 */
export async function saveGroup(tx: Tx, input: SaveGroupInput): Promise<{ groupId: number }> {
  const { shopId, now } = input;
  const name = checkName(input.name);
  const terms = checkRuleTerms(input.terms);
  await lockAffiliates(tx, { shopId });
  const groupId =
    input.groupId ?? (await createGroup(tx, { shopId, name, createKey: input.key, createdAt: now }));
  const { count } = await tx.affiliateGroup.updateMany({ where: { shopId, id: groupId }, data: { name } });
  if (count === 0) throw notFound('group');
  const current = (await readRules(tx, { shopId, groupId })).at(-1);
  if (current && isSame(current, terms)) return { groupId };
  const effectiveFrom = new Date(Math.max(now.getTime(), current?.effectiveFrom.getTime() ?? 0)); // never before what it follows
  const version = (current?.version ?? 0) + 1;
  await tx.affiliateRule.create({
    data: {
      shopId,
      groupId,
      version,
      ...terms,
      rates: terms.rates.map((rate) => ({ ...rate })),
      effectiveFrom,
    },
  });
  return { groupId };
}

async function createGroup(
  tx: Tx,
  data: { shopId: number; name: string; createKey: string; createdAt: Date },
): Promise<number> {
  const { shopId, createKey } = data;
  await tx.affiliateGroup.createMany({ data: [data], skipDuplicates: true });
  const { id } = await tx.affiliateGroup.findUniqueOrThrow({
    where: { shopId_createKey: { shopId, createKey } },
  });
  return id;
}

function isSame(rule: CommissionRule, terms: RuleTerms): boolean {
  const { kind, scope, newCustomersOnly, holdDays, windowDays, rates } = terms;
  return (
    rule.kind === kind &&
    rule.value.equals(decimal(terms.value)) &&
    rule.scope === scope &&
    rule.newCustomersOnly === newCustomersOnly &&
    rule.holdDays === holdDays &&
    rule.windowDays === windowDays &&
    rule.rates.map(textOf).join() === rates.map(textOf).join()
  );
}

function textOf({ on, targets, kind, value }: Rate | RateTerms): string {
  return JSON.stringify([on, targets, kind, decimal(value).toString()]);
}

function checkName(name: string): string {
  const parsed = z.string().trim().min(1).max(100).safeParse(name);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', {
    message: 'a group without a name',
    userMessage: 'Enter a name of at most 100 characters.',
  });
}
