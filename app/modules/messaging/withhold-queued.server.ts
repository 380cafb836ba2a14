import type { Tx } from '~/platform/db/index.server';

/** Withholds everything that still waits: the shop removed the app. Mails already with the mail server can't be called back. */
export async function withholdQueued(tx: Tx, input: { shopId: number }): Promise<{ withheld: number }> {
  const withheld = await tx.$executeRaw`
    UPDATE messages SET status = 'withheld', error = 'shop_uninstalled', next_attempt_at = NULL, lease_id = NULL, lease_until = NULL
    WHERE shop_id = ${input.shopId} AND (status = 'queued' OR (status = 'sending' AND handed_over_at IS NULL))`;
  return { withheld };
}
