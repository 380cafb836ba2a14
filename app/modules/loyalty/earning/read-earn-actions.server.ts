import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { capPeriods, earnTriggers, type EarnAction } from './earn-action';

const [trigger, capPeriod] = [z.enum(earnTriggers), z.enum(capPeriods)];

/** Every version of the shop's ways to earn beyond orders, by code, oldest first. Few rows; none for most shops. */
export async function readEarnActions(
  tx: Tx,
  { shopId }: { shopId: number },
): Promise<Map<string, [EarnAction, ...EarnAction[]]>> {
  const rows = await tx.earnAction.findMany({
    where: { shopId },
    orderBy: [{ code: 'asc' }, { version: 'asc' }],
  });
  const byCode = new Map<string, [EarnAction, ...EarnAction[]]>();
  for (const { shopId: _shop, ...row } of rows) {
    const action: EarnAction = {
      ...row,
      startsOn: dayOf(row.startsOn),
      endsOn: dayOf(row.endsOn),
      trigger: trigger.parse(row.trigger),
      capPeriod: capPeriod.parse(row.capPeriod),
      minimum: row.minimum === null ? null : decimal(row.minimum),
    };
    const known = byCode.get(row.code);
    if (known) known.push(action);
    else byCode.set(row.code, [action]);
  }
  return byCode;
}

function dayOf(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}
