import type { Bench } from './figure';

/** Every benchmark by name, loaded when it is its turn: each runs in a process of its own (see run.ts). */
const benches: Record<string, () => Promise<Bench>> = {
  webhooks: async () => (await import('./adapted')).webhooks,
  pipeline: async () => (await import('./pipeline')).benchPipeline,
  backfill: async () => (await import('./backfill')).benchBackfill,
  ledger: async () => (await import('./adapted')).ledger,
  accrual: async () => (await import('./accrual')).benchAccrual,
  expiry: async () => (await import('./expiry')).benchExpiry,
  portal: async () => (await import('./portal')).benchPortal,
  mail: async () => (await import('./mail')).benchMail,
  live: async () => (await import('./live')).benchLive,
};

export const benchNames = Object.keys(benches);

async function main(): Promise<void> {
  const [name = '', seconds = ''] = process.argv.slice(2);
  const load = benches[name];
  const { DATABASE_URL: databaseUrl } = process.env;
  if (!load || !databaseUrl)
    throw new Error(`usage: DATABASE_URL=... tsx dev/bench/measure.ts <${benchNames.join('|')}> [seconds]`);
  const bench = await load();
  const figures = await bench({ databaseUrl, seconds: Number(seconds || 4) });
  if (process.send) process.send({ figures }, undefined, undefined, () => process.exit(0));
  else {
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    process.exit(0);
  }
}

if (process.argv[1]?.endsWith('measure.ts')) await main();
