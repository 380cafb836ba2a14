import type { Tx } from '~/platform/db/index.server';
import { buildExport } from './build-export.server';
import { openRequests } from './open-requests.server';
import type { DataRequestFact } from './types';

/** Puts together what is held on each person asked about, for the merchant to hand over. A request told again changes nothing. */
export async function carryOutDataRequests(
  tx: Tx,
  input: { shopId: number; facts: DataRequestFact[]; now: Date },
): Promise<void> {
  const { shopId, facts, now } = input;
  const opened = await openRequests(tx, { shopId, kind: 'data_request', facts });
  for (const fact of facts) {
    if (!opened.has(fact.key)) continue;
    const data = await buildExport(tx, { shopId, request: fact, now });
    await tx.$executeRaw`
      UPDATE privacy_requests SET export = ${data}::jsonb, status = 'done', finished_at = ${now}
      WHERE shop_id = ${shopId} AND kind = 'data_request' AND key = ${fact.key}`;
  }
}
