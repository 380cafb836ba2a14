/** Everything the stand-in store can be told from outside. */
export interface StoreOptions {
  /** TCP port; 0 picks a free one. */
  readonly port: number;
  /** Where the app under development answers. */
  readonly appUrl: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** JSON file that keeps the shops between two starts; null keeps them in memory only. */
  readonly dataFile: string | null;
  /** The app's configuration file: scopes and webhook subscriptions are read from it. */
  readonly tomlPath: string;
  /** Folder of the UI extensions whose built bundles checkout and account render. */
  readonly extensionsDir: string;
  /** Pauses between delivery attempts. Shopify spreads 8 retries over 4 hours; the stand-in is faster. */
  readonly retryDelaysMs: readonly number[];
  /** How long the app may take to answer a delivery. */
  readonly deliveryTimeoutMs: number;
  readonly log: (line: string) => void;
}

export const DEFAULT_OPTIONS: StoreOptions = {
  port: 4000,
  appUrl: 'http://localhost:3000',
  apiKey: 'perennial-demo-key',
  apiSecret: 'perennial-demo-secret',
  dataFile: null,
  tomlPath: 'shopify.app.toml',
  extensionsDir: 'extensions',
  retryDelaysMs: [250, 500, 1000, 2000, 4000, 8000, 15000, 30000],
  deliveryTimeoutMs: 5000,
  log: () => undefined,
};
