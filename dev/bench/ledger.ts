import { randomBytes } from 'node:crypto';
import { startEmbeddedPostgres } from '~/platform/db/embedded.server';
import { migrate } from '~/platform/db/migrate.server';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = 3;
const people = 2_000;
const connections = 10;
const batchSize = 500;

export interface LedgerBenchResult {
  /** Transactions of the ledger per second, each in a database transaction of its own, all in one shop. */
  single: number;
  /** The same over ten shops: what the shop's counter-account costs is the difference. */
  singleManyShops: number;
  /** 500 of them per database transaction, in one shop. */
  batched: number;
}

/** Postings per second through the module's own door, from one process, the three in turns; the middle of the rounds. Throws when the books do not balance afterwards. */
export async function benchLedger(databaseUrl: string): Promise<LedgerBenchResult> {
  configure(databaseUrl);
  const one = await arrange(1);
  const ten = await arrange(10);
  await measure(one, 1, 1); // warm up: connections, plans, accounts
  await measure(ten, 1, 1);
  const [single, many, batched]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round += 1) {
    single.push(await measure(one, 1, seconds));
    many.push(await measure(ten, 1, seconds));
    batched.push(await measure(one, batchSize, seconds));
  }
  await check();
  const { prisma } = await import('~/platform/db/index.server');
  await prisma().$disconnect();
  return { single: middle(single), singleManyShops: middle(many), batched: middle(batched) };
}

function configure(databaseUrl: string): void {
  Object.assign(process.env, {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SHOPIFY_API_KEY: 'bench',
    SHOPIFY_API_SECRET: 'bench',
    SHOPIFY_APP_URL: 'https://bench.example',
    SMTP_URL: 'smtp://127.0.0.1:25',
    EMAIL_FROM: 'bench@example.com',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    LOG_LEVEL: 'error',
  });
}

/** Shops whose people have a points account each. */
async function arrange(count: number): Promise<number[]> {
  const { prisma } = await import('~/platform/db/index.server');
  const at = new Date();
  const shops = await prisma().shop.createManyAndReturn({
    data: Array.from({ length: count }, () => ({
      domain: `bench-${randomBytes(6).toString('hex')}.myshopify.com`,
      installedAt: at,
      updatedAt: at,
    })),
  });
  for (const { id } of shops) {
    await prisma().$executeRaw`
      INSERT INTO ledger_accounts (shop_id, kind, profile_id)
      SELECT ${id}::int, 'points', n FROM generate_series(1, ${people}::int) AS n`;
  }
  return shops.map(({ id }) => id);
}

/** Ledger transactions per second for so many seconds, `size` per database transaction. */
async function measure(shopIds: number[], size: number, forSeconds: number): Promise<number> {
  const { withShop } = await import('~/platform/db/index.server');
  const { postTransactions } = await import('~/modules/loyalty/index.server');
  const start = performance.now();
  const until = start + forSeconds * 1_000;
  let posted = 0;
  const lane = async (lane: number): Promise<void> => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const shopId = shopIds[(lane + turn) % shopIds.length] ?? 0;
      const now = new Date();
      const transactions = Array.from({ length: size }, (_, index) => ({
        kind: 'earn' as const,
        key: randomBytes(12).toString('hex'),
        orderId: BigInt(turn * size + index),
        ruleVersion: 1,
        occurredAt: now,
        postings: [
          {
            profileId: BigInt(1 + Math.floor(Math.random() * people)),
            account: 'points' as const,
            points: 10,
          },
        ],
      }));
      await withShop(shopId, (tx) => postTransactions(tx, { shopId, transactions, now }));
      posted += size;
    }
  };
  const lanes = size === 1 ? connections : 3;
  await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  return posted / ((performance.now() - start) / 1_000);
}

function middle(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function check(): Promise<void> {
  const { prisma } = await import('~/platform/db/index.server');
  const [row] = await prisma().$queryRaw<{ sum: bigint; drifted: bigint }[]>`
    SELECT (SELECT coalesce(sum(points), 0)::bigint FROM ledger_postings) AS sum,
      (SELECT count(*) FROM ledger_accounts a WHERE a.kind <> 'issued' AND a.balance <> coalesce(
        (SELECT sum(p.points) FROM ledger_postings p WHERE p.shop_id = a.shop_id AND p.account_id = a.id), 0)) AS drifted`;
  if (row?.sum !== 0n || row.drifted !== 0n) throw new Error('the books do not balance');
}

async function main(): Promise<void> {
  const given = process.env.BENCH_DATABASE_URL;
  const server = given
    ? { url: given, stop: async () => {} }
    : await startEmbeddedPostgres({ dir: '.data/bench-ledger', port: 54_339 });
  try {
    await migrate(server.url);
    const { single, singleManyShops, batched } = await benchLedger(server.url);
    process.stdout.write(
      `ledger: ${single.toFixed(0)}/s one by one in one shop (budget 2000), ${singleManyShops.toFixed(0)}/s over ten shops, ` +
        `${batched.toFixed(0)}/s in batches of ${batchSize} (budget 8000)\n`,
    );
    if (single < 2_000 || batched < 8_000) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

if (process.argv[1]?.endsWith('ledger.ts')) await main();
