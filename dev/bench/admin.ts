import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { offlineSession } from '../../tests/factories/session';
import { waitForHttp } from '../demo/child';
import type { Bench, Figure } from './figure';
import { arrangeLargeShop, firstId, largeShopDomain } from './large-shop';
import { freePort, sessionToken, startServer, userAgent } from './server';
import { benchEnvironment, quantile } from './world';

const people = Number(process.env.BENCH_PROFILES ?? 50_000);
const askedFor = 15; // times each page

const pages = (middle: number): Record<string, string> => ({
  home: '/app',
  customers: '/app/customers',
  'customers by spend': '/app/customers?sort=spend',
  'customers found by name': '/app/customers?search=maria',
  'customers found by address': `/app/customers?search=person${middle}@mail.example`,
  'a customer': `/app/customers/${firstId + middle}`,
  carts: '/app/carts',
  flows: '/app/flows',
  'a flow': '/app/flows/win_back',
  messages: '/app/messages',
  'messages that wait': '/app/messages?tab=waiting',
  loyalty: '/app/loyalty',
  tiers: '/app/loyalty/tiers',
  accounts: '/app/loyalty/accounts',
  referrals: '/app/referrals',
  affiliates: '/app/affiliates',
  health: '/app/health',
});

/**
 * Pages of the admin of a large shop, one after the other: from the request to the first bytes of their data, which hold all
 * but the parts that a page waits for with a skeleton, and to the last.
 */
export const benchAdmin: Bench = async ({ databaseUrl }) => {
  await arrangeLargeShop(people, new Date());
  return measurePages(databaseUrl);
};

/** Of a large shop that is there. */
export async function measurePages(databaseUrl: string): Promise<Figure[]> {
  const port = await freePort();
  const env = { ...process.env, ...benchEnvironment(databaseUrl), PORT: String(port), ROLE: 'web' };
  const web = startServer(env);
  try {
    await waitForHttp(`http://127.0.0.1:${port}/health`, 'the output of the bench', 30_000);
    await sessionStorage.storeSession(offlineSession(largeShopDomain));
    const figures: Figure[] = [];
    for (const [name, path] of Object.entries(pages(Math.floor(people / 2))))
      figures.push(await page(port, name, path));
    return figures;
  } finally {
    web.kill('SIGKILL');
  }
}

async function page(port: number, name: string, path: string): Promise<Figure> {
  const [first, whole]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < askedFor; turn += 1) {
    const start = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}${dataOf(path)}`, { headers: headers() });
    if (answer.status !== 200 || !answer.body) throw new Error(`${path} answered ${answer.status}`);
    const reader = answer.body.getReader();
    let { done } = await reader.read();
    first.push(performance.now() - start);
    while (!done) ({ done } = await reader.read());
    whole.push(performance.now() - start);
  }
  // The first request compiles.
  const [seen, complete] = [first.slice(1), whole.slice(1)];
  const note = `${people} people; whole ${quantile(complete, 0.95).toFixed(0)} ms`;
  return {
    ...{ name: `admin, ${name}`, value: quantile(seen, 0.95), unit: 'ms p95', note },
    ...{ budget: { atMost: 150 }, of: { name: 'p50', value: quantile(seen, 0.5) } },
  };
}

function headers(): Record<string, string> {
  const token = sessionToken(largeShopDomain, { iss: `https://${largeShopDomain}/admin`, sub: '1' });
  return { authorization: `Bearer ${token}`, 'user-agent': userAgent };
}

/** Where Remix serves the data of a page alone. */
function dataOf(path: string): string {
  const [pathname, query = ''] = path.split('?');
  return `${pathname}.data${query && `?${query}`}`;
}
