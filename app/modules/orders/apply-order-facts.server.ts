import type { OrderFact } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function applyOrderFacts(
  _tx: Tx,
  _input: {
    shopId: number;
    facts: OrderFact[];
    /** Parallel to `facts`: whose order it is, as customers.resolveProfiles told. */
    profileIds?: (bigint | null)[];
    historic: boolean;
    now: Date;
  },
): Promise<{ orderIds: bigint[]; profileIds: bigint[] }> {
  throw new Error('applyOrderFacts is being built');
}
