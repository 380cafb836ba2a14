import type { Tx } from '~/platform/db/index.server';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions, type Move } from './move-redemptions.server';
import type { Redemption } from './reward';
import type { EndedCode } from './reward-codes.server';

export interface ApplyEndedCodesInput {
  shopId: number;
  codes: Map<bigint, EndedCode>; // by redemption, what Shopify says about its code
  now: Date;
}

const anotherDayMs = 24 * 60 * 60 * 1_000;

/**
 * Gives the points of codes back that ended unused, as Shopify says. Of a used one nothing comes back; its order says more.
 * One whose end the merchant put off in Shopify is looked at again a day later. Set-wise and idempotent. Returns what was
 * given back.
 */
export async function applyEndedCodes(
  tx: Tx,
  { shopId, codes, now }: ApplyEndedCodesInput,
): Promise<Redemption[]> {
  const locked = await lockRedemptions(tx, { shopId, ids: [...codes.keys()] });
  const open = locked.filter(
    ({ state, expiresAt, cancelRequestedAt }) =>
      state === 'confirmed' && cancelRequestedAt === null && expiresAt !== null && expiresAt <= now,
  );
  const of = (state: EndedCode): Redemption[] => open.filter(({ id }) => codes.get(id) === state);
  const unused = of('unused');
  const moves: Move[] = unused.map((redemption) => ({
    redemption,
    kind: 'return',
    state: 'cancelled',
    held: 0,
    spent: 0,
    error: null,
  }));
  await moveRedemptions(tx, { shopId, moves, now });
  await lookAgain(tx, shopId, of('used'), null);
  await lookAgain(tx, shopId, of('running'), new Date(now.getTime() + anotherDayMs));
  return unused;
}

async function lookAgain(
  tx: Tx,
  shopId: number,
  redemptions: Redemption[],
  nextAttemptAt: Date | null,
): Promise<void> {
  if (redemptions.length === 0) return;
  const ids = redemptions.map(({ id }) => id);
  await tx.redemption.updateMany({
    where: { shopId, id: { in: ids } },
    data: { nextAttemptAt, attempts: 0 },
  });
}
