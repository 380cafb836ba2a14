import type { Tx } from '~/platform/db/index.server';

/** Notes that the shop's present day was looked at: the sweep leaves it alone until tomorrow. Idempotent. */
export async function closeCelebrations(
  tx: Tx,
  { shopId, now }: { shopId: number; now: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO earn_settings (shop_id, celebrated_through)
    SELECT id, (${now}::timestamptz AT TIME ZONE time_zone)::date FROM shops WHERE id = ${shopId}
    ON CONFLICT (shop_id) DO UPDATE SET celebrated_through = excluded.celebrated_through`;
}
