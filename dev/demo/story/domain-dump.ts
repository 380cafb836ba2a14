import { z } from 'zod';
import type { World } from './world';

/** Every tenant table as text, row by row in key order: two dumps are equal when nothing changed at all. */
export async function domainDump(world: World): Promise<Map<string, string>> {
  const tables = await world.rows(
    z.object({ name: z.string() }),
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id' ORDER BY 1`,
  );
  const dump = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await world.rows(
      z.object({ line: z.string() }),
      `SELECT t::text AS line FROM "${name}" t ORDER BY t::text COLLATE "C"`,
    );
    dump.set(name, rows.map((row) => row.line).join('\n'));
  }
  return dump;
}
