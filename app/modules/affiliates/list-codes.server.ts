import type { Tx } from '~/platform/db/index.server';

/** The discount codes that are an affiliate's now. */
export async function listCodes(
  tx: Tx,
  { shopId, affiliateId }: { shopId: number; affiliateId: bigint },
): Promise<string[]> {
  const rows = await tx.affiliateCode.findMany({
    where: { shopId, affiliateId, toAt: null },
    orderBy: { fromAt: 'asc' },
    select: { code: true },
  });
  return rows.map(({ code }) => code);
}
