import { Prisma } from '~/platform/db/index.server';
import type { Place, Reading } from './cursor';

export interface Keyset {
  /** `AND (...)` that skips what came before; nothing at the start of the list. */
  from: Prisma.Sql;
  order: Prisma.Sql;
}

/** The SQL of a list sorted by `by` and then `id`, both descending; ascending when it is read backwards. */
export function keyset(
  reading: Reading,
  list: { by: Prisma.Sql; id: Prisma.Sql; value: (place: Place) => Prisma.Sql },
): Keyset {
  const { place, backwards } = reading;
  const { by, id, value } = list;
  const than = backwards ? Prisma.sql`>` : Prisma.sql`<`;
  return {
    from: place ? Prisma.sql`AND (${by}, ${id}) ${than} (${value(place)})` : Prisma.empty,
    order: backwards ? Prisma.sql`${by}, ${id}` : Prisma.sql`${by} DESC, ${id} DESC`,
  };
}

/** The values of a place made of a time and an id. */
export const timeAndId = ([at, id]: Place): Prisma.Sql => Prisma.sql`${new Date(at)}, ${BigInt(id)}`;

/** The values of a place made of a whole number and an id. */
export const numberAndId = ([number, id]: Place): Prisma.Sql => Prisma.sql`${BigInt(number)}, ${BigInt(id)}`;
