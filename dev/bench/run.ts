import { fork } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { startEmbeddedPostgres } from '~/platform/db/embedded.server';
import { migrate } from '~/platform/db/migrate.server';
import { migrateQueue } from '~/platform/queue/migrate-queue.server';
import { buildIfNeeded } from '../demo/build';
import { isMissed, type Figure } from './figure';
import { benchNames } from './measure';
import { currentLoad, describeMachine, formatReport, type Report, type Section } from './report';
import { benchEnvironment } from './world';
import { withDatabase } from '../with-database';

// `npm run bench [-- <name>...]`: each benchmark in a process and a database of its own, one after the other.
const dir = '.data/bench';
const limitMs = 120_000;
const seconds = 4;
const template = 'bench_template';

const figureSchema: z.ZodType<Figure> = z.object({
  name: z.string(),
  value: z.number(),
  unit: z.string(),
  budget: z.union([z.object({ atLeast: z.number() }), z.object({ atMost: z.number() })]).optional(),
  of: z.object({ name: z.string(), value: z.number() }).optional(),
  note: z.string().optional(),
});
const messageSchema = z.object({ figures: z.array(figureSchema) });

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const names = chosen(process.argv.slice(2));
  const startedAt = new Date();
  const loadBefore = currentLoad();
  if (names.includes('live') && (await buildIfNeeded('http://localhost:3000'))) say('built the app');
  const server = await startEmbeddedPostgres({ dir: path.join(dir, 'postgres'), port: 54_359 });
  try {
    await prepareTemplate(server.url);
    const sections: Section[] = [];
    for (const name of names) {
      say(`${name} ...`);
      sections.push(await measure(name, server.url));
    }
    const report: Report = {
      startedAt: startedAt.toISOString(),
      tookMs: Date.now() - startedAt.getTime(),
      machine: describeMachine(),
      loadBefore,
      sections,
      missed: sections.flatMap(missedIn),
    };
    await mkdir(dir, { recursive: true });
    await writeFile(path.join(dir, 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);
    say(`\n${formatReport(report)}`);
    process.exitCode = report.missed.length > 0 ? 1 : 0;
  } finally {
    await server.stop();
  }
}

function chosen(given: string[]): string[] {
  const unknown = given.filter((name) => !benchNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}. Choose from ${benchNames.join(', ')}.`);
  return given.length > 0 ? given : benchNames;
}

function missedIn(section: Section): string[] {
  if (section.error) return [`${section.bench} (failed)`];
  return section.figures.filter(isMissed).map(({ name }) => name);
}

/** Migrated once per run; each benchmark gets a copy. */
async function prepareTemplate(serverUrl: string): Promise<void> {
  await onServer(serverUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
  await onServer(serverUrl, `CREATE DATABASE ${template}`);
  const url = withDatabase(serverUrl, template);
  await migrate(url);
  await migrateQueue(url);
}

async function measure(bench: string, serverUrl: string): Promise<Section> {
  const database = `bench_${bench}`;
  await onServer(serverUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await onServer(serverUrl, `CREATE DATABASE ${database} TEMPLATE ${template}`);
  const start = performance.now();
  try {
    const figures = await runChild(bench, withDatabase(serverUrl, database));
    return { bench, tookMs: Math.round(performance.now() - start), figures };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { bench, tookMs: Math.round(performance.now() - start), figures: [], error: text };
  } finally {
    await onServer(serverUrl, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  }
}

function runChild(bench: string, databaseUrl: string): Promise<Figure[]> {
  const child = fork('dev/bench/measure.ts', [bench, String(seconds)], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...benchEnvironment(databaseUrl) },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const errors: Buffer[] = [];
  child.stderr?.on('data', (text: Buffer) => errors.push(text));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`not finished after ${limitMs / 1_000} s`));
    }, limitMs);
    child.once('message', (message) => resolve(messageSchema.parse(message).figures));
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(Buffer.concat(errors).toString('utf8').trim() || 'ended without a result'));
    });
  });
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

await main();
