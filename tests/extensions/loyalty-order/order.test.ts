import path from 'node:path';
import { getExtension } from '@shopify/ui-extensions-tester';
import { render } from 'preact';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { currencyFormatter, numberFormatter, observable, translator, type Language } from '../languages';
import { catalogues } from './catalogues';

const extension = getExtension('customer-account.order-status.block.render', {
  configSearchDir: path.resolve('extensions/loyalty-order'),
});

const member = {
  status: 'member',
  earned: { points: 60, pending: 0 },
  balance: 1_225,
  currency: 'EUR',
  tier: null,
};
let answers: (object | Error)[];
let asked: string[];

beforeEach(() => {
  extension.setUp();
  speak('en');
  asked = [];
  answers = [member];
  extension.shopify.order = observable({ id: 'gid://shopify/Order/7', name: '#1004' });
  extension.fetch = vi.fn<typeof globalThis.fetch>((url) => {
    asked.push(url as string);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(Response.json(next));
  });
});

afterEach(() => {
  vi.useRealTimers();
  render(null, document.body);
  extension.tearDown();
});

function speak(language: Language) {
  const { i18n } = extension.shopify;
  i18n.translate = translator(catalogues, language) as never;
  i18n.formatNumber = numberFormatter(language);
  i18n.formatCurrency = currencyFormatter(language);
}

const text = () => document.body.textContent.replaceAll(/[\u202f\u00a0]/g, ' ');
const said = (words: string) => vi.waitFor(() => expect(text()).toContain(words));

it.each([
  ['en', 'This order earned you 60 points.', 'You have 1,225 points.'],
  ['de', 'Diese Bestellung hat dir 60 Punkte gebracht.', 'Du hast 1.225 Punkte.'],
  ['fr', 'Cette commande vous a rapporté 60 points.', 'Vous avez 1 225 points.'],
] as const)('says in %s what this order earned', async (language, earned, balance) => {
  speak(language);
  await extension.render();
  await said(earned);
  expect(text()).toContain(balance);
  expect(asked).toEqual(['https://app.example/api/shopper/order?order=gid%3A%2F%2Fshopify%2FOrder%2F7']);
});

it('says what is on its way, what earns nothing, and how far the next tier is', async () => {
  answers = [
    {
      ...member,
      earned: { points: 0, pending: 60 },
      tier: { name: 'Silver', basis: 'net_spend', next: { name: 'Gold', missing: '40.00', progress: 0.6 } },
    },
  ];
  await extension.render();
  await said('This order earns you 60 points. You can spend them soon.');
  expect(text()).toContain('Gold');
  render(null, document.body);
  answers = [{ ...member, earned: { points: 0, pending: 0 } }];
  await extension.render();
  await said('This order earns no points.');
});

it.each([
  ['without a programme', { status: 'off' }],
  ['to a guest', { status: 'guest' }],
  ['while our server is away', new Error('offline')],
  ['when it says what nobody understands', { status: 'member', balance: 'many' }],
])('shows nothing %s', async (_when, answer) => {
  answers = [answer];
  await extension.render();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(text()).toBe('');
});

// Last: Preact keeps the clock it met first.
it('asks again for an order that was placed a moment ago, and leaves it at the balance after a while', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  answers = [{ ...member, earned: null }, member];
  await extension.render();
  await said('You have 1,225 points.');
  expect(text()).not.toContain('This order');
  await vi.advanceTimersByTimeAsync(2_500);
  await said('This order earned you 60 points.');
  render(null, document.body);
  asked = [];
  answers = [{ ...member, earned: null }];
  await extension.render();
  for (let seconds = 0; seconds < 60; seconds += 1) await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(4);
});
