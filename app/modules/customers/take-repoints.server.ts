import { Prisma, type Tx } from '~/platform/db/index.server';

export interface Repoints {
  /** Every row of `fromProfileId` now belongs to `intoProfileId`. */
  merges: { fromProfileId: bigint; intoProfileId: bigint }[];
  /** Rows that named their person by this address or number only (no Shopify id) now belong to `intoProfileId`. */
  moves: { kind: 'email' | 'phone'; value: string; fromProfileId: bigint; intoProfileId: bigint }[];
}

interface Row {
  kind: 'merge' | 'email' | 'phone';
  value: string | null;
  from_profile_id: bigint;
  into_profile_id: bigint;
}

/**
 * What resolving people in this transaction left for the other modules to do, each exactly once. Take it after the last
 * resolve and before the commit (processes/settle-people does); what one transaction forgot, the next one is given.
 */
export async function takeRepoints(tx: Tx, input: { shopId: number }): Promise<Repoints> {
  const rows = await tx.$queryRaw<Row[]>(
    Prisma.sql`
    WITH taken AS (
      DELETE FROM profile_repoints WHERE shop_id = ${input.shopId}
      RETURNING id, kind, value, from_profile_id, into_profile_id
    ) SELECT kind, value, from_profile_id, into_profile_id FROM taken ORDER BY id`,
  );
  const survivor = new Map<bigint, bigint>();
  for (const row of rows) if (row.kind === 'merge') survivor.set(row.from_profile_id, row.into_profile_id);
  const last = (id: bigint): bigint => {
    const next = survivor.get(id);
    return next === undefined ? id : last(next);
  };
  const result: Repoints = { merges: [], moves: [] };
  for (const { kind, value, from_profile_id: fromProfileId, into_profile_id: into } of rows) {
    if (kind === 'merge') result.merges.push({ fromProfileId, intoProfileId: last(into) });
    else if (value !== null) result.moves.push({ kind, value, fromProfileId, intoProfileId: last(into) });
  }
  return result;
}
