import type { Tx } from '~/platform/db/index.server';

/** What a point is worth to the merchant, as a decimal of shop currency; null while that was not told. */
export async function getPointValue(tx: Tx, input: { shopId: number }): Promise<string | null> {
  const row = await tx.loyaltySettings.findUnique({ where: { shopId: input.shopId } });
  return row?.pointValue?.toString() ?? null;
}
