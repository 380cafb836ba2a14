import { personalTables } from '~/modules/privacy/inventory';
import { pool } from '~/platform/db/index.server';

/** Every table of the database, the queue's too, row by row as text. */
async function fullDump(): Promise<{ table: string; row: string }[]> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const dump: { table: string; row: string }[] = [];
  for (const { name } of tables) {
    const { rows } = await pool().query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    dump.push(...rows.map(({ row }) => ({ table: name, row })));
  }
  return dump;
}

/** Where a text stands, in any spelling of its case. */
export async function findEverywhere(text: string): Promise<string[]> {
  const found = (await fullDump()).filter(({ row }) => row.toLowerCase().includes(text.toLowerCase()));
  return [...new Set(found.map(({ table }) => table.replace(/^public\./, '')))].sort();
}

/** Text and JSON columns of a table that a program writes (generated ones follow), with their types. */
async function textColumns(table: string): Promise<{ column: string; type: string }[]> {
  const { rows } = await pool().query<{ column: string; type: string }>(
    `SELECT column_name AS column, udt_name AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' AND udt_name IN ('text', 'jsonb', '_text')`,
    [table],
  );
  return rows;
}

/** Columns that hold one of a few words, by a check or by the code that reads them. */
const words =
  /^(kind|state|status|level|source|outcome|exit_reason|email_state|channel|merged_into|subject)$/;
/** Keys that the code looks people up by, and entries that nobody may change: the test plants those itself. */
const plantedByHand = new Set(['profile_identities.value', 'ledger_transactions.reason', 'affiliates.email']);

/** Every column of text that the inventory calls personal, as "table.column". */
export async function personalColumns(): Promise<
  { name: string; table: string; column: string; type: string }[]
> {
  const found: { name: string; table: string; column: string; type: string }[] = [];
  for (const [table, { forget, plain }] of Object.entries(personalTables)) {
    for (const { column, type } of await textColumns(table)) {
      const name = `${table}.${column}`;
      const personal = forget === 'delete' ? !plain.includes(column) : column in forget;
      if (personal && !words.test(column) && !plantedByHand.has(name))
        found.push({ name, table, column, type });
    }
  }
  return found;
}

/**
 * Writes `canary` into every column that the inventory calls personal, in every row of the person. Returns the columns it
 * reached, so that a test can tell that none was left out.
 */
export async function plantCanaries(shopId: number, profileId: bigint, canary: string): Promise<string[]> {
  const planted: string[] = [];
  for (const { name, table, column, type } of await personalColumns()) {
    const text = `$1::text || '-' || ctid::text`; // its own in every row, for unique keys
    const json = column === 'told' ? `jsonb_build_object('createdAt', ${text})` : `to_jsonb(${text})`;
    const value = type === 'jsonb' ? json : type === '_text' ? `ARRAY[${text}]` : text;
    const owner =
      { profiles: 'id', profile_repoints: 'into_profile_id', referrals: 'friend_id' }[table] ?? 'profile_id';
    const isOfShop = table === 'privacy_requests' || table.startsWith('affiliate'); // the only ones there
    const rows = isOfShop ? '$3::bigint IS NOT NULL' : `${owner} = $3`;
    const { rowCount } = await pool().query(
      `UPDATE ${table} SET ${column} = ${value} WHERE shop_id = $2 AND ${rows}`,
      [canary, shopId, profileId],
    );
    if (rowCount) planted.push(name);
  }
  return planted;
}
