import type { Tx } from '~/platform/db/index.server';
import type { CodeToInspect } from './list-codes-to-inspect.server';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions } from './move-redemptions.server';
import { deletedInShopify, pointsBack } from './points-back';
import type { Redemption } from './reward';
import { planToldCode, type ToldDiscount } from './told-code';

export interface ApplyToldCodesInput {
  shopId: number;
  codes: (CodeToInspect & { told: ToldDiscount })[];
  now: Date;
}

type Look = Pick<Redemption, 'id' | 'startsAt' | 'expiresAt' | 'nextAttemptAt'>;

/**
 * What Shopify says of codes holds here: when they start and end, that they ended unused (their points go back), that they were deleted
 * (the same). Of a used one nothing comes back; its order says more. Set-wise and idempotent; an answer that was overtaken,
 * by another look or by news of a change, does nothing. Returns what was given back, and the codes that
 * work although their points are back.
 */
export async function applyToldCodes(
  tx: Tx,
  { shopId, codes, now }: ApplyToldCodesInput,
): Promise<{ deleted: Redemption[]; unused: Redemption[]; toEnd: Redemption[] }> {
  const asked = new Map(codes.map((code) => [code.redemptionId, code]));
  const locked = await lockRedemptions(tx, { shopId, ids: [...asked.keys()] });
  const open = locked.flatMap((redemption) => {
    const { state, cancelRequestedAt, nextAttemptAt, id } = redemption;
    const code = asked.get(id);
    if (!code || code.nextAttemptAt?.getTime() !== nextAttemptAt?.getTime()) return [];
    if (cancelRequestedAt !== null || (state !== 'confirmed' && state !== 'cancelled')) return [];
    return [{ redemption, told: code.told, step: planToldCode(redemption, code.told, now) }];
  });
  const looks = open.flatMap(({ redemption: { id, startsAt, expiresAt }, step }): Look[] => {
    if (step.kind === 'done') return [{ id, startsAt, expiresAt, nextAttemptAt: step.lookAt }];
    if (step.kind !== 'keep') return [];
    return [{ id, startsAt: step.startsAt, expiresAt: step.expiresAt, nextAttemptAt: step.lookAt }];
  });
  await saveLooks(tx, shopId, looks);
  const back = open.filter(({ step }) => step.kind === 'return');
  const deleted = back.filter(({ told }) => told.state === 'gone').map(({ redemption }) => redemption);
  const unused = back.filter(({ told }) => told.state !== 'gone').map(({ redemption }) => redemption);
  const moves = [
    ...deleted.map((one) => pointsBack(one, deletedInShopify)),
    ...unused.map((one) => pointsBack(one)),
  ];
  await moveRedemptions(tx, { shopId, moves, now });
  const toEnd = open.filter(({ step }) => step.kind === 'end').map(({ redemption }) => redemption);
  return { deleted, unused, toEnd };
}

async function saveLooks(tx: Tx, shopId: number, looks: Look[]): Promise<void> {
  if (looks.length === 0) return;
  const rows = looks.map(({ id, startsAt, expiresAt, nextAttemptAt }) => ({
    id: id.toString(),
    starts_at: startsAt,
    expires_at: expiresAt,
    next_attempt_at: nextAttemptAt,
  }));
  await tx.$executeRaw`
    UPDATE redemptions d SET starts_at = r.starts_at, expires_at = r.expires_at, next_attempt_at = r.next_attempt_at, attempts = 0
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, starts_at timestamptz, expires_at timestamptz, next_attempt_at timestamptz)
    WHERE d.shop_id = ${shopId} AND d.id = r.id AND d.id = ANY (${looks.map(({ id }) => id)}::bigint[])`;
}
