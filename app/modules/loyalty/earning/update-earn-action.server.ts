import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { lockShop } from '../lock-shop.server';
import { codeOf, earnActionSchema, fixedCaps, type EarnAction, type EarnActionDraft } from './earn-action';
import { readEarnActions } from './read-earn-actions.server';

export interface UpdateEarnActionInput {
  shopId: number;
  draft: EarnActionDraft;
  now: Date;
}

/**
 * Adds a way to earn, or changes it from `now` on, as a new version: what happened before keeps the version of its time.
 * Idempotent: a draft that changes nothing makes no version. Throws `invalid`.
 */
export async function updateEarnAction(tx: Tx, input: UpdateEarnActionInput): Promise<EarnAction> {
  const { shopId, now } = input;
  const parsed = earnActionSchema.safeParse(input.draft);
  if (!parsed.success) throw invalid(parsed.error.message);
  const { event: _event, ...draft } = { ...parsed.data, ...fixedCaps[parsed.data.trigger] };
  const code = codeOf(parsed.data);
  await lockShop(tx, { shopId });
  const current = (await readEarnActions(tx, { shopId })).get(code)?.at(-1);
  const next: EarnAction = {
    ...draft,
    code,
    minimum: draft.minimum === null ? null : decimal(draft.minimum),
    version: (current?.version ?? 0) + 1,
    effectiveFrom: new Date(Math.max(now.getTime(), current?.effectiveFrom.getTime() ?? 0)),
  };
  if (current && sameTerms(current, next)) return current;
  const [startsOn, endsOn] = [next.startsOn, next.endsOn].map((day) => day && new Date(day));
  const minimum = next.minimum?.toString() ?? null;
  await tx.earnAction.create({ data: { ...next, shopId, minimum, startsOn, endsOn } });
  return next;
}

function sameTerms(a: EarnAction, b: EarnAction): boolean {
  const terms = ({ version: _version, effectiveFrom: _from, minimum, ...rest }: EarnAction): string =>
    JSON.stringify([...Object.entries({ ...rest, minimum: minimum?.toString() ?? null }).sort()]);
  return terms(a) === terms(b);
}

function invalid(message: string): AppError {
  return new AppError('invalid', {
    message: `way to earn: ${message}`,
    userMessage: 'This way to earn is not complete. Check its name, its points, its dates and its limits.',
  });
}
