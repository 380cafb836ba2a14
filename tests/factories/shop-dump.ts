import { prisma } from '~/platform/db/index.server';

/** Columns that say when or under which number we wrote something down, not what is true. */
const surrogate = new Set(['shop_id', 'created_at', 'decided_at', 'public_id', 'token_hash', 'historic']);
/** Tables whose own `id` is ours (elsewhere it is Shopify's and says something). */
const ownIds = new Set([
  'profiles',
  'timeline_events',
  'consent_events',
  'consent_pushes',
  'ledger_accounts',
  'backfill_runs',
  'flow_runs',
]);
/** The ledger is a journal: which differences were posted depends on what came first, what they add up to does not. */
const journals = new Set(['ledger_transactions', 'ledger_postings', 'ledger_accounts', 'standing_changes']);

/**
 * Everything a shop's tables say, as sorted lines, without surrogate ids and clocks: a profile is named by its Shopify id
 * or address. Two shops that were told the same have the same dump.
 */
export async function dumpShop(shopId: number): Promise<Map<string, string[]>> {
  const names = await profileNames(shopId);
  const tables = await prisma().$queryRaw<{ table_name: string }[]>`
    SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id' ORDER BY 1`;
  const dump = new Map<string, string[]>();
  for (const { table_name: table } of tables) {
    if (journals.has(table)) continue;
    const rows = await prisma().$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
      `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE shop_id = $1`,
      shopId,
    );
    // A merged profile is a signpost from an id of ours: whether there was one says only who was met before they were one.
    const meaningful = rows.filter(({ row }) => table !== 'profiles' || row.merged_into_id === null);
    dump.set(table, meaningful.map(({ row }) => line(table, row, names)).sort());
  }
  dump.set('ledger: points by order and account', await ledgerLines(shopId));
  return dump;
}

function line(table: string, row: Record<string, unknown>, names: Map<string, string>): string {
  const entries = Object.entries(row)
    .filter(([column]) => !surrogate.has(column) && !(column === 'id' && ownIds.has(table)))
    .map(([column, value]) => [
      column,
      /^(profile_id|merged_into_id)$/.test(column) && value !== null
        ? (names.get(JSON.stringify(value)) ?? '?')
        : value,
    ]);
  return JSON.stringify(Object.fromEntries(entries));
}

async function profileNames(shopId: number): Promise<Map<string, string>> {
  const rows = await prisma().$queryRaw<{ id: bigint; name: string }[]>`
    SELECT p.id, coalesce(p.shopify_customer_id::text, p.email, p.phone,
      (SELECT min(i.kind || ':' || i.value) FROM profile_identities i WHERE i.shop_id = p.shop_id AND i.profile_id = p.id), 'nobody') AS name
    FROM profiles p WHERE p.shop_id = ${shopId}`;
  return new Map(rows.map((row) => [String(row.id), row.name]));
}

async function ledgerLines(shopId: number): Promise<string[]> {
  const rows = await prisma().$queryRaw<{ line: string }[]>`
    WITH RECURSIVE survivor AS (
      SELECT id, id AS into_id FROM profiles WHERE shop_id = ${shopId} AND merged_into_id IS NULL
      UNION ALL SELECT p.id, s.into_id FROM profiles p JOIN survivor s ON s.id = p.merged_into_id WHERE p.shop_id = ${shopId}
    )
    SELECT concat_ws(' ', t.order_id, a.kind, sum(p.points)) AS line
    FROM ledger_postings p
    JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
    WHERE p.shop_id = ${shopId} AND t.order_id IS NOT NULL
    GROUP BY t.order_id, a.kind HAVING sum(p.points) <> 0
    UNION ALL
    SELECT concat_ws(' ', coalesce(live.shopify_customer_id::text, live.email), a.kind, sum(a.balance))
    FROM ledger_accounts a JOIN survivor s ON s.id = a.profile_id JOIN profiles live ON live.shop_id = a.shop_id AND live.id = s.into_id
    WHERE a.shop_id = ${shopId} GROUP BY live.id, live.shopify_customer_id, live.email, a.kind HAVING sum(a.balance) <> 0
    ORDER BY 1`;
  return rows.map((row) => row.line);
}
