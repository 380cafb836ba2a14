import { prisma, type Tx } from './prisma.server';

const defaultTimeoutMs = 30_000;

/**
 * Runs `work` in one transaction that can only touch the rows of `shopId`: the role and the setting that row-level
 * security compares with are set locally, so they end with the transaction. The caller's errors roll everything back.
 */
export async function withShop<T>(
  shopId: number,
  work: (tx: Tx) => Promise<T>,
  options?: { timeoutMs?: number },
): Promise<T> {
  return prisma().$transaction(
    async (tx) => {
      await tx.$queryRaw`
        SELECT set_config('app.shop_id', ${String(shopId)}, true),
               set_config('app.shop_domain', coalesce((SELECT domain FROM shops WHERE id = ${shopId}), ''), true),
               set_config('role', 'perennial_tenant', true)`;
      return work(tx);
    },
    { timeout: options?.timeoutMs ?? defaultTimeoutMs, maxWait: 10_000 },
  );
}
