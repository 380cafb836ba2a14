import { Prisma } from '~/generated/prisma/client';
import type { Tx } from '~/platform/db/index.server';
import type { Choice, ChoiceKind } from './types';

export interface ListChoicesInput {
  shopId: number;
  kind: ChoiceKind;
  search?: string; // part of a title
  ids?: bigint[]; // these are there in any case
  limit?: number; // besides those of `ids`
}

const tables: Record<ChoiceKind, Prisma.Sql> = {
  products: Prisma.sql`products`,
  collections: Prisma.sql`collections`,
};

/** Products or collections of the shop to choose from in a form, by title. */
export async function listChoices(
  tx: Tx,
  { shopId, kind, search = '', ids = [], limit = 50 }: ListChoicesInput,
): Promise<Choice[]> {
  const table = tables[kind];
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`; // what was typed stands for itself
  return tx.$queryRaw<Choice[]>`
    SELECT id::text, title FROM (
      (SELECT id, title FROM ${table}
       WHERE shop_id = ${shopId} AND deleted_at IS NULL AND title ILIKE ${pattern} ORDER BY title, id LIMIT ${limit})
      UNION SELECT id, title FROM ${table} WHERE shop_id = ${shopId} AND id = ANY (${ids}::bigint[])) c
    ORDER BY title, id`;
}
