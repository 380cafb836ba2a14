import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { shapeOf } from './languages';

const folder = path.resolve('extensions/storefront');
const read = (...parts: string[]) => readFileSync(path.join(folder, ...parts), 'utf8');
const catalogue = (name: string) =>
  (JSON.parse(read('locales', `${name}.json`)) as { loyalty: Record<string, string> }).loyalty;
const en = catalogue('en.default');
const script = read('assets', 'perennial-loyalty.js');

const guest = {
  status: 'guest',
  currency: 'EUR',
  pointsPerUnit: '2.5',
  basis: 'net_spend',
  tiers: [
    { name: 'Silver', threshold: '200', multiplier: '1' },
    { name: 'Gold', threshold: '500', multiplier: '1.5' },
  ],
  rewards: [{ id: '1', title: '<b>5 € off</b>', points: 500, minimum: '20', missing: 500, usedUp: false }],
};
const member = {
  ...guest,
  status: 'member',
  balance: 1_250,
  pending: 1,
  tier: { name: 'Silver', basis: 'net_spend', next: { name: 'Gold', missing: '100', progress: 0.8 } },
  rewards: [
    { ...guest.rewards[0], missing: 0 },
    { ...guest.rewards[0], id: '2', title: 'Gift', minimum: null, missing: 250 },
  ],
};

afterEach(() => {
  document.body.innerHTML = '';
  vi.restoreAllMocks();
});

describe('the loyalty page', () => {
  it('tells a guest how it works, in words of the merchant as they are', async () => {
    await show(page(), guest);
    expect(text()).toContain('2.5 points for every €1.00');
    expect(lines()).toEqual([
      '<b>5 € off</b>500 points, for orders from €20.00',
      'Silverfrom €200.00',
      'Gold: points count 1.5 timesfrom €500.00',
    ]);
    expect(document.querySelector('b')).toBeNull();
  });

  it('counts a single point as one', async () => {
    await show(page(), { ...guest, pointsPerUnit: '1' });
    expect(text()).toContain('1 point for every €1.00');
  });

  it('tells a member where they stand and what is left', async () => {
    await show(page(), member);
    expect(text()).toContain('1,250 points');
    expect(text()).toContain('1 more point is on its way.');
    expect(text()).toContain('€100.00 more until Gold.');
    expect(document.querySelector('progress')?.getAttribute('aria-label')).toContain('Gold');
    expect(lines().slice(0, 2)).toEqual([
      '<b>5 € off</b>500 points, for orders from €20.00Redeem',
      'Gift500 points250 points to go',
    ]);
  });

  it('tells of a reward whose points one chooses where it begins, and what that is worth', async () => {
    const slider = { perUnit: 150, most: 1_200, step: 50 };
    await show(page(), { ...guest, rewards: [{ ...guest.rewards[0], slider }] });
    expect(lines()[0]).toBe('<b>5 € off</b>from 500 points (€3.33), for orders from €20.00');
  });

  it('promises no coins a currency does not have', async () => {
    const slider = { perUnit: 100, most: 1_250, step: 50 };
    await show(page(), {
      ...member,
      currency: 'JPY',
      rewards: [{ ...member.rewards[0], points: 1_250, slider }],
    });
    expect(lines()[0]).toContain('from 1,250 points (¥12)');
  });

  it('redeems a reward, shows its code, and the balance of afterwards', async () => {
    const slider = { perUnit: 100, most: 1_200, step: 50 };
    const fetch = await show(page(), { ...member, rewards: [{ ...member.rewards[0], slider }] });
    const field = document.querySelector('input')!;
    field.value = '777';
    field.dispatchEvent(new Event('input'));
    expect(document.querySelector('output')?.textContent).toBe('€7.50');
    fetch.mockImplementationOnce(() => Promise.reject(new TypeError('Failed to fetch')));
    press();
    await vi.waitFor(() => expect(text()).toContain('Press the button again: no points are spent twice.'));
    fetch.mockImplementationOnce(() => Promise.resolve(Response.json({ status: 'ready', code: 'P-1' })));
    fetch.mockImplementationOnce(() => Promise.resolve(Response.json({ ...member, balance: 500 })));
    press();
    await vi.waitFor(() => expect(text()).toContain('your code is P-1'));
    expect(text()).toContain('500 points');
    expect(document.activeElement?.className).toBe('perennial-note');
    const sent = fetch.mock.calls.flatMap(([url, init]) =>
      url === '/apps/perennial/redeem' ? [JSON.parse(init!.body as string) as { key: string }] : [],
    );
    expect(sent).toMatchObject([{ rewardId: '1', points: 750 }, { points: 750 }]);
    expect(sent[0]!.key).toBe(sent[1]!.key);
  });

  it('says whom a reward is for', async () => {
    await show(page(), { ...member, rewards: [{ ...member.rewards[0], onlyFor: ['Gold'] }] });
    expect(lines()[0]).toContain('Only for Gold');
    expect(document.querySelector('button')).toBeNull();
  });

  it.each([
    ['there is no programme', { status: 'off' }, 'There is no loyalty programme here right now.'],
    ['the app is silent', new TypeError('Failed to fetch'), 'Your points can’t be shown right now.'],
  ])('says so when %s', async (_what, answer, words) => {
    await show(page(), answer);
    expect(text()).toContain(words);
    expect(document.querySelector('[data-body]')?.hasAttribute('aria-busy')).toBe(false);
  });
});

describe('points of a product', () => {
  it('asks for the price of the variant, and again when another is chosen', async () => {
    const fetch = await show(product(), { earns: 1 });
    expect(text()).toContain('Earn up to 1 point');
    expect(fetch.mock.calls[0]![0]).toBe('/apps/perennial/loyalty?total=19.90&currency=EUR&product=70');
    const select = document.querySelector('select')!;
    select.value = '8';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await vi.waitFor(() =>
      expect(fetch.mock.calls.at(-1)![0]).toBe('/apps/perennial/loyalty?total=50.00&currency=EUR&product=70'),
    );
  });

  it.each([
    ['nothing is earned', { earns: 0 }],
    ['the app is silent', new TypeError('Failed to fetch')],
  ])('is an empty line when %s', async (_what, answer) => {
    await show(product(), answer);
    expect(document.querySelector('[data-body]')?.textContent).toBe('');
  });
});

describe('the theme app extension', () => {
  it('has less than 15 KB of script, less than 5 KB as it travels', () => {
    expect(Buffer.byteLength(script)).toBeLessThan(15 * 1024);
    expect(gzipSync(script).byteLength).toBeLessThan(5 * 1024);
  });

  it.each(['de', 'fr'])('%s has the words and placeholders of the default', (language) => {
    expect(Object.fromEntries(placeholders(catalogue(language)))).toEqual(
      Object.fromEntries(placeholders(en)),
    );
  });

  it.each(readdirSync(path.join(folder, 'blocks')))('%s: a good schema, words that exist', (name) => {
    const liquid = read('blocks', name);
    const schema = /\{% schema %\}([^]*)\{% endschema %\}/.exec(liquid)?.[1] ?? '';
    expect(JSON.parse(schema)).toMatchObject({ target: 'section', javascript: 'perennial-loyalty.js' });
    const used = [...liquid.matchAll(/'loyalty\.(\w+)' \| t/g)].map(([, key]) => key!);
    expect(used.filter((key) => !(key in en))).toEqual([]);
    for (const [, key, told] of liquid.matchAll(/'loyalty\.(\w+)' \| t: ([^|]+) \|/g)) {
      const given = [...told!.matchAll(/(\w+): '\[(\w+)\]'/g)].map(([, argument]) => argument);
      expect(given.sort(), key).toEqual([...en[key!]!.matchAll(/\{\{ (\w+) \}\}/g)].map(([, n]) => n).sort());
    }
  });

  it('tells the script every word it asks for, and no other', () => {
    const told = [...read('blocks', 'loyalty-page.liquid').matchAll(/"(\w+)": \{\{/g)].map(([, key]) => key);
    const asked = [...script.matchAll(/say\(element, '(\w+)'/g)].map(([, key]) => key!);
    const known = (key: string) => told.includes(key) || told.includes(`${key}_other`) || key === 'product';
    expect(asked.filter((key) => !known(key))).toEqual([]);
    const keys = told.map((key) => key!.replace(/_(one|other)$/, ''));
    expect(keys.filter((key) => !script.includes(`'${key}'`))).toEqual([]);
  });
});

function press() {
  document.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
}

function placeholders(words: Record<string, string>) {
  return shapeOf(
    Object.fromEntries(
      Object.entries(words).map(([key, words]) => [key, words.replaceAll(/\{\{ (\w+) \}\}/g, '{{$1}}')]),
    ),
  );
}

/** The words as Liquid hands them to the script. */
const words = () =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(en).map(([key, words]) => [key, words.replaceAll(/\{\{ (\w+) \}\}/g, '[$1]')]),
    ),
  );

const page = () => `<div data-perennial="page" data-url="/apps/perennial/loyalty" data-locale="en">
  <div data-body role="status" aria-busy="true"></div><script type="application/json" data-words>${words()}</script></div>`;

const product =
  () => `<form action="/cart/add"><select name="id"><option value="7"></option><option value="8"></option></select></form>
  <div data-perennial="product" data-url="/apps/perennial/loyalty" data-locale="en" data-currency="EUR" data-product="70" data-variant="7">
  <span data-body role="status"></span><script type="application/json" data-prices>{"7": 1990, "8": 5000}</script>
  <script type="application/json" data-words>${words()}</script></div>`;

async function show(html: string, answer: object) {
  const fetch = vi.fn<(url: string, init?: RequestInit) => Promise<Response>>(() =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(Response.json(answer)),
  );
  vi.stubGlobal('fetch', fetch);
  document.body.innerHTML = html;
  window.eval(script);
  await vi.waitFor(() => expect(fetch).toHaveBeenCalled());
  await new Promise((resolve) => setTimeout(resolve, 20));
  return fetch;
}

const text = () => [...document.querySelectorAll('[data-body]')].map((body) => body.textContent).join(' ');
const lines = () => [...document.querySelectorAll('li')].map((item) => item.textContent);
