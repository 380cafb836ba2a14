import { ensureFlows, setFlowEnabled } from '~/modules/flows/index.server';
import type { FlowKey } from '~/modules/flows/types';
import { postTransactions } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';
import { createMailShop } from './message';

export const noon = (day: string): Date => new Date(`${day}T12:00:00Z`);

let counter = 0;

/** A shop that may send mails, with this flow switched on at the beginning of 2026. */
export async function aShopWithFlow(key: FlowKey): Promise<number> {
  const shopId = await createMailShop();
  const now = noon('2026-01-01');
  await withShop(shopId, async (tx) => {
    await ensureFlows(tx, { shopId, now });
    await setFlowEnabled(tx, { shopId, key, enabled: true, now });
  });
  return shopId;
}

/** Points given or taken on a day, as an entry of the ledger and nothing else. */
export async function bookPoints(
  shopId: number,
  profileId: bigint,
  points: number,
  day: string,
): Promise<void> {
  counter += 1;
  await withShop(shopId, (tx) =>
    postTransactions(tx, {
      shopId,
      now: noon(day),
      transactions: [
        {
          kind: points > 0 ? 'adjust' : 'redeem',
          key: `booked:${counter}`,
          occurredAt: noon(day),
          postings: [{ profileId, account: 'points', points }],
        },
      ],
    }),
  );
}
