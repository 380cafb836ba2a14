import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express, { type Express } from 'express';
import { receiveWebhook } from '~/ingest/receive.server';
import { jobDashboard, requirePassword } from '~/jobs/dashboard.server';
import { startWorkers } from '~/jobs/worker';
import { isPointsAtCheckout, servePointsAtCheckout } from '~/points-at-checkout.server';
import { migrate, pool, prisma, startEmbeddedPostgres, useDatabase } from '~/platform/db/index.server';
import { followDevClock } from '~/platform/dev-clock.server';
import { env, type Env } from '~/platform/env.server';
import { log } from '~/platform/log.server';
import { closeQueues } from '~/platform/queue/queue.server';
import { migrateQueue } from '~/platform/queue/migrate-queue.server';

type Stop = () => Promise<void>;

const embeddedPort = 54_329;
const shutdownLimitMs = 30_000;

/** Starts what ROLE asks for: the web server, the worker, or both. Migrations run first, one process at a time. */
async function main(): Promise<void> {
  const config = readConfiguration();
  const stops: Stop[] = [];
  stops.push(await connectDatabase(config));
  if (config.PERENNIAL_DEV) {
    const unfollow = await followDevClock();
    stops.push(async () => unfollow());
  }
  if (config.ROLE === 'worker') setPriority(constants.priority.PRIORITY_BELOW_NORMAL); // a checkout waits, a job can
  if (config.ROLE !== 'web') {
    const workers = await startWorkers();
    stops.push(workers.stop);
  }
  if (config.ROLE !== 'worker') stops.push(await startWeb(config));
  log.info({ role: config.ROLE, port: config.PORT }, 'Perennial is running');
  stopOnSignal(stops);
}

function readConfiguration(): Env {
  try {
    return env();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(78); // EX_CONFIG
  }
}

async function connectDatabase(config: Env): Promise<Stop> {
  const embedded = config.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({ dir: path.join(config.DATA_DIR, 'postgres'), port: embeddedPort });
  const url = config.DATABASE_URL ?? embedded?.url ?? '';
  useDatabase(url);
  await migrate(url);
  if (!config.REDIS_URL) await migrateQueue(url);
  return async () => {
    await closeQueues();
    await prisma().$disconnect();
    await pool().end();
    await embedded?.stop();
  };
}

async function startWeb(config: Env): Promise<Stop> {
  const app = await createApp(config);
  // Two are answered before Express and Remix: deliveries, whose speed decides whether anything is lost, and a waiting checkout.
  const server = createServer((request, response) => {
    if (request.url === '/webhooks' || request.url?.startsWith('/webhooks?'))
      receiveWebhook(request, response);
    else if (isPointsAtCheckout(request.url)) void servePointsAtCheckout(request, response);
    else app(request, response);
  });
  server.keepAliveTimeout = 65_000; // longer than the usual load balancer's, which then closes first
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.PORT, resolve);
  });
  return () => close(server);
}

async function createApp(config: Env): Promise<Express> {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', true);
  app.use('/jobs', requirePassword(config.ADMIN_PASSWORD), jobDashboard('/jobs'));
  const build = config.NODE_ENV === 'development' ? await developmentBuild(app) : await productionBuild(app);
  const remix = createRequestHandler({ build, mode: config.NODE_ENV });
  app.all('*', (request, response, next) => void remix(request, response, next));
  return app;
}

async function productionBuild(app: Express): Promise<ServerBuild> {
  const client = path.resolve('build/client');
  app.use('/assets', express.static(path.join(client, 'assets'), { immutable: true, maxAge: '1y' }));
  app.use(express.static(client, { maxAge: '1h' }));
  const file = path.resolve('build/server/index.js');
  if (!existsSync(file)) throw new Error('The app is not built yet: run `npm run build` first.');
  return serverBuild(await import(pathToFileURL(file).href));
}

async function developmentBuild(app: Express): Promise<() => Promise<ServerBuild>> {
  const { createServer: createVite } = await import('vite');
  const vite = await createVite({ server: { middlewareMode: true } });
  app.use(vite.middlewares);
  return async () => {
    return serverBuild(await vite.ssrLoadModule('virtual:remix/server-build'));
  };
}

/** What was loaded at run time, checked for the parts that tell Remix's build from anything else. */
function serverBuild(module: unknown): ServerBuild {
  if (isServerBuild(module)) return module;
  throw new Error('The build of the app is not one of Remix: run `npm run build` again.');
}

function isServerBuild(module: unknown): module is ServerBuild {
  return (
    typeof module === 'object' &&
    module !== null &&
    'entry' in module &&
    'routes' in module &&
    'assets' in module
  );
}

/** Stops taking requests, lets those under way finish, then drops what is left open. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
  });
}

function stopOnSignal(stops: Stop[]): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'finishing the work under way');
    setTimeout(() => process.exit(1), shutdownLimitMs).unref();
    for (const step of [...stops].reverse()) await step();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
}

process.on('unhandledRejection', (error) =>
  log.error({ err: error }, 'a promise was rejected and nobody listened'),
);

main().catch((error: unknown) => {
  log.fatal({ err: error }, 'could not start');
  process.exit(1);
});
