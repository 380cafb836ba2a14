import type { RuleTerms } from '~/modules/affiliates/types';
import type { Format } from '../format';
import { t } from '../i18n';

/** What moves an affiliate's account in a month, and with what it begins and ends, in the order in which it adds up. */
export const movements = ['earned', 'reversed', 'paid'] as const;
export const statementSums = ['opening', ...movements, 'closing'] as const;

/** A rule in words: "10 % of each order". */
export function ruleText(
  rule: Pick<RuleTerms, 'kind' | 'scope'> & { value: string },
  format: Format,
): string {
  const value = rule.kind === 'percent' ? format.rate(rule.value) : format.money(rule.value);
  return t(`affiliates.rule.${rule.scope}`, { value });
}

/** Amounts in all their currencies: "10.00 €, $5.00"; 0 of the shop's currency when there are none. */
export function amountsText(amounts: { currency: string; amount: string }[], format: Format): string {
  const texts = amounts.flatMap(({ currency, amount }) =>
    Number(amount) === 0 ? [] : [format.money(amount, currency)],
  );
  return texts.length > 0 ? texts.join(', ') : format.money('0');
}
