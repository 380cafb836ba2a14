import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';

/** The file a person asked for, as JSON text, for the merchant to hand over. Throws not_found when there is none (any more). */
export async function getPrivacyExport(
  tx: Tx,
  input: { shopId: number; requestId: bigint },
): Promise<string> {
  const [row] = await tx.$queryRaw<{ export: string | null }[]>`
    SELECT jsonb_pretty(export) AS export FROM privacy_requests WHERE shop_id = ${input.shopId} AND id = ${input.requestId}`;
  if (!row?.export) throw notFound('export');
  return row.export;
}
