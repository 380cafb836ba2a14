import type { Tx } from '~/platform/db/index.server';
import { asOwner } from './as-owner.server';

/** Throws the keys to a shop away. Sessions are no table of a tenant, so this is done as the owner. Idempotent. */
export async function deleteSessions(tx: Tx, { shopId }: { shopId: number }): Promise<void> {
  await asOwner(tx, async () => {
    await tx.$executeRaw`DELETE FROM sessions WHERE shop_domain = (SELECT domain FROM shops WHERE id = ${shopId})`;
  });
}
