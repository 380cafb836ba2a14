import { enrol, findWarningDays, listRunKeys } from '~/modules/flows/index.server';
import type { FlowEntry } from '~/modules/flows/types';
import { listExpiringSoon } from '~/modules/loyalty/index.server';
import { dayOf, isoDay, planWarning } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';

const flowKey = 'points_expiring' as const;

/**
 * Enters everybody whose points expire soon into the flow that warns them, batch by batch. The key of a run holds the day
 * and how long before it was warned, so doing it again, at once or after dying in the middle, warns nobody twice.
 */
export async function pointsExpiring(shopId: number): Promise<void> {
  for (let after: bigint | null = 0n; after !== null;) {
    const from: bigint = after;
    after = await withShop(shopId, (tx) => warnNext(tx, { shopId, after: from, now: clock.now() }));
  }
}

async function warnNext(tx: Tx, input: { shopId: number; after: bigint; now: Date }): Promise<bigint | null> {
  const { shopId, now } = input;
  const warningDays = await findWarningDays(tx, { shopId });
  if (!warningDays) return null;
  const soon = await listExpiringSoon(tx, { ...input, withinDays: Math.max(...warningDays) });
  const runKeys = await listRunKeys(tx, { shopId, flowKey, profileIds: [...soon.people.keys()] });
  const entries = [...soon.people].flatMap(([profileId, coming]): FlowEntry[] => {
    const warned = (runKeys.get(profileId) ?? []).map(warningOf);
    const warning = planWarning(coming, { ...soon, warningDays, warned });
    if (!warning) return [];
    const dueDay = isoDay(warning.dueDay);
    return [{ profileId, runKey: `${dueDay}:${warning.warningDay}`, context: { dueDay } }];
  });
  await enrol(tx, { shopId, flowKey, entries, now });
  return soon.next;
}

function warningOf(runKey: string): { dueDay: number; warningDay: number } {
  const [day = '', before] = runKey.split(':');
  return { dueDay: dayOf(day), warningDay: Number(before) };
}
