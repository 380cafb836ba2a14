import type { Tx } from '~/platform/db/index.server';

/** Whether the shop said who its mails come from: a name and a postal address, which the law asks for. */
export async function isSenderReady(tx: Tx, input: { shopId: number }): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ ready: boolean }[]>`
    SELECT sender_name IS NOT NULL AND postal_address IS NOT NULL AS ready FROM shop_settings WHERE shop_id = ${input.shopId}`;
  return row?.ready ?? false;
}
