import type { Tx } from '~/platform/db/index.server';

/** Shopify tells that workflows begin with a trigger, or no longer. The newest word counts, whatever comes first. */
export async function recordSignalUse(
  tx: Tx,
  input: { shopId: number; triggerId: string; inUse: boolean; toldAt: Date },
): Promise<void> {
  const { shopId, triggerId, inUse, toldAt } = input;
  await tx.$executeRaw`
    INSERT INTO signal_uses AS u (shop_id, trigger_id, in_use, since, told_at)
    VALUES (${shopId}, ${triggerId}, ${inUse}, ${toldAt}, ${toldAt})
    ON CONFLICT (shop_id, trigger_id) DO UPDATE SET in_use = excluded.in_use, told_at = excluded.told_at,
      since = CASE WHEN u.in_use = excluded.in_use THEN u.since ELSE excluded.since END
    WHERE u.told_at < excluded.told_at`;
}
