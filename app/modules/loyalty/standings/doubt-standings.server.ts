import type { Tx } from '~/platform/db/index.server';

/** The app was removed, and Shopify may have thrown our fields away: all of them are told anew after a new install. */
export async function doubtStandings(tx: Tx, { shopId, now }: { shopId: number; now: Date }): Promise<void> {
  await tx.$executeRaw`
    UPDATE told_standings SET unsure = true, due_at = ${now} WHERE shop_id = ${shopId} AND (told_at IS NOT NULL OR unsure)`;
  await tx.loyaltySettings.updateMany({ where: { shopId }, data: { fieldsNamespace: null } });
}
