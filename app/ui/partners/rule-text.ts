import type { RateTerms, RuleTerms } from '~/modules/affiliates/types';
import type { Format } from '../format';
import type { PartnerLocale, PartnerWords } from './words';

export interface RuleView extends Omit<RuleTerms, 'rates'> {
  rates: (Omit<RateTerms, 'targets'> & { names: string[] })[];
}

interface Writing {
  say: PartnerWords;
  format: Format;
  locale: PartnerLocale;
}

const namesShown = 8;

/** What a rule says, in plain words: what all goods earn, what certain goods earn instead, and what goes for all of it. */
export function ruleText(
  rule: RuleView,
  writing: Writing,
): { main: string; rates: string[]; notes: string[] } {
  const { say, format, locale } = writing;
  const value = (of: Pick<RateTerms, 'kind' | 'value'>) =>
    of.kind === 'percent' ? format.rate(of.value) : format.money(of.value);
  const days = (count: number) =>
    new Intl.NumberFormat(locale.format, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count);
  const percent = [rule, ...rule.rates].some(({ kind }) => kind === 'percent');
  return {
    main: say(`rule.${rule.kind}.${rule.scope}`, { value: value(rule) }),
    rates: rule.rates.map((rate) =>
      say(`rule.goods.${rate.kind}`, { value: value(rate), goods: goodsText(rate, writing) }),
    ),
    notes: [
      ...(rule.newCustomersOnly ? [say('rule.newOnly')] : []),
      ...(percent ? [say('rule.net')] : []),
      ...(rule.holdDays > 0 ? [say('rule.hold', { days: days(rule.holdDays) })] : []),
      say('rule.window', { days: days(rule.windowDays) }),
    ],
  };
}

function goodsText({ on, names }: RuleView['rates'][number], { say, locale }: Writing): string {
  if (names.length === 0) return say('rule.goods.unnamed');
  const more = names.length - namesShown;
  const shown = names
    .slice(0, namesShown)
    .concat(more > 0 ? [say('rule.goods.more', { count: String(more) })] : []);
  return say(`rule.goods.${on}`, { names: new Intl.ListFormat(locale.format).format(shown) });
}
