import { scripts } from '../../package.json';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres, stopLeftoverPostgres } from '../../app/platform/db/embedded.server';
import { startChild, waitForHttp, type Child } from './child';
import { buildIfNeeded } from './build';
import { demoSecrets } from './secrets';

export interface Ports {
  app: number;
  store: number;
  inbox: number;
  smtp: number;
  postgres: number;
}

export interface Stack {
  appUrl: string;
  storeUrl: string;
  inboxUrl: string;
  databaseUrl: string;
  shop: string;
  jobsPassword: string;
  /** The environment the app runs with, to start further processes of it. */
  env: Record<string, string>;
  stop: () => Promise<void>;
}

export interface StackOptions {
  dataDir: string;
  ports: Ports;
  fresh: boolean;
  /** Nobody will miss the data: the database does not wait for the disk. */
  throwaway?: boolean;
  say: (line: string) => void;
  /** Processes of the app to run; the demo runs one that is web and worker. */
  roles?: ('all' | 'web' | 'worker')[];
}

const apiKey = 'perennial-demo-key';

/** Starts PostgreSQL, the stand-in store, the inbox and the app, in that order, and waits until each answers. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, ports, say } = options;
  if (options.fresh) {
    await stopLeftoverPostgres(path.resolve(dataDir, 'postgres'));
    rmSync(dataDir, { recursive: true, force: true });
  }
  const secrets = demoSecrets(dataDir);
  const logs = path.join(dataDir, 'logs');
  const [appUrl, storeUrl, inboxUrl] = [ports.app, ports.store, ports.inbox].map(
    (port) => `http://localhost:${port}`,
  );
  if (!appUrl || !storeUrl || !inboxUrl) throw new Error('three addresses');

  const [database, built] = await Promise.all([
    startEmbeddedPostgres({
      dir: path.join(dataDir, 'postgres'),
      port: ports.postgres,
      throwaway: options.throwaway,
    }),
    buildIfNeeded(appUrl),
  ]);
  say(built ? 'built the app and its extensions' : 'nothing changed since the last build');

  const shared = { SHOPIFY_API_KEY: apiKey, SHOPIFY_API_SECRET: secrets.apiSecret };
  const env = {
    ...shared,
    NODE_ENV: 'production',
    DATABASE_URL: database.url,
    SHOPIFY_APP_URL: appUrl,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    EMAIL_FROM: 'hello@perennial.example',
    MAIL_REPORTS_TOKEN: secrets.reportsToken,
    ENCRYPTION_KEY: secrets.encryptionKey,
    ADMIN_PASSWORD: secrets.jobsPassword,
    PORT: String(ports.app),
    PERENNIAL_DEV: '1',
    SHOPIFY_STAND_IN_URL: storeUrl,
    APP_BRIDGE_URL: `${storeUrl}/app-bridge.js`,
  };
  const tsx = ['node', '--import', 'tsx'];
  const children: Child[] = [
    startChild('inbox', [...tsx, 'dev/inbox/main.ts'], {
      env: {
        SMTP_PORT: String(ports.smtp),
        HTTP_PORT: String(ports.inbox),
        REPORTS_URL: `${appUrl}/mail-reports`,
        REPORTS_TOKEN: secrets.reportsToken,
      },
      logs,
    }),
    startChild('store', [...tsx, 'dev/store/main.ts'], {
      env: {
        ...shared,
        PORT: String(ports.store),
        APP_URL: appUrl,
        DATA_FILE: path.join(dataDir, 'store.json'),
      },
      logs,
    }),
    ...(options.roles ?? ['all']).map((role) =>
      startChild(`app-${role}`, scripts.start.split(' '), {
        env: { ...env, ROLE: role },
        logs,
      }),
    ),
  ];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
    await database.stop();
  };

  try {
    await waitForHttp(`${inboxUrl}/api/messages`, path.join(logs, 'inbox.log'));
    await waitForHttp(`${storeUrl}/control/clock`, path.join(logs, 'store.log'));
    await waitForHttp(`${appUrl}/health`, path.join(logs, 'app-all.log'));
    // The store keeps how far its clock was moved; an app that has just started is told.
    await fetch(`${storeUrl}/control/clock/announce`, { method: 'POST' });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    appUrl,
    storeUrl,
    inboxUrl,
    databaseUrl: database.url,
    shop: 'perennial-demo.myshopify.com',
    jobsPassword: secrets.jobsPassword,
    env,
    stop,
  };
}
