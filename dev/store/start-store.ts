import { createServer } from 'node:http';
import { createApp } from './http/app';
import { DEFAULT_OPTIONS, type StoreOptions } from './options';
import { loadState } from './state/persistence';
import { seedState } from './state/seed-shops';
import { Store } from './store';

export interface RunningStore {
  readonly url: string;
  readonly store: Store;
  close(): Promise<void>;
}

/** Starts the store and resolves once it listens. */
export async function startStore(options: Partial<StoreOptions> = {}): Promise<RunningStore> {
  const settings: StoreOptions = { ...DEFAULT_OPTIONS, ...options };
  const kept = settings.dataFile === null ? null : loadState(settings.dataFile);
  const state = kept ?? seedState(new Date().toISOString().replace(/\.\d{3}Z$/, 'Z'));
  const store = new Store(settings, state);
  const server = createServer(createApp(store));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, () => resolve());
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : settings.port;
  store.url = `http://localhost:${port}`;
  return {
    url: store.url,
    store,
    close: async () => {
      store.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
