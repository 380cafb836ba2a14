import type { Tx } from '~/platform/db/index.server';

export interface Repoints {
  /** Every row of `fromProfileId` now belongs to `intoProfileId`. */
  merges: { fromProfileId: bigint; intoProfileId: bigint }[];
  /** Rows that named their person by this address or number only (no Shopify id) now belong to `intoProfileId`. */
  moves: { kind: 'email' | 'phone'; value: string; intoProfileId: bigint }[];
}

export async function takeRepoints(_tx: Tx, _input: { shopId: number }): Promise<Repoints> {
  throw new Error('takeRepoints is being built');
}
