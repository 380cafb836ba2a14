import { findOwnRule } from '~/modules/affiliates/index.server';
import type { RateTerms, RuleTerms } from '~/modules/affiliates/types';
import { listChoices } from '~/modules/insights/index.server';
import type { ChoiceKind } from '~/modules/insights/types';
import type { Tx } from '~/platform/db/index.server';
import type { PartnerSession } from './partner-session.server';

/** What an affiliate earns by, with the names of the goods that have a rate of their own. */
export interface PartnerRule extends Omit<RuleTerms, 'rates'> {
  rates: (Omit<RateTerms, 'targets'> & { names: string[] })[];
}

/** The rule in force for an affiliate; null while they earn nothing. Goods the shop has no name for any more are left out. */
export async function findPartnerRule(
  tx: Tx,
  { session, now }: { session: PartnerSession; now: Date },
): Promise<PartnerRule | null> {
  const rule = await findOwnRule(tx, { ...session, now });
  if (!rule) return null;
  const { kind, scope, newCustomersOnly, holdDays, windowDays, rates } = rule;
  const { shopId } = session;
  const titlesOf = async (of: ChoiceKind) => {
    const ids = rates.flatMap(({ on, targets }) => (on === of ? targets.map(BigInt) : []));
    const found = ids.length > 0 ? await listChoices(tx, { shopId, kind: of, ids, limit: 0 }) : [];
    return new Map(found.map(({ id, title }) => [id, title]));
  };
  const titles = { products: await titlesOf('products'), collections: await titlesOf('collections') };
  const namesOf = ({ on, targets }: Pick<RateTerms, 'on' | 'targets'>) =>
    on === 'tags' ? targets : targets.flatMap((id) => titles[on].get(id) ?? []);
  return {
    ...{ kind, scope, newCustomersOnly, holdDays, windowDays, value: rule.value.toString() },
    rates: rates.map(({ on, targets, kind: how, value }) => ({
      ...{ on, kind: how, value: value.toString() },
      names: namesOf({ on, targets }),
    })),
  };
}
