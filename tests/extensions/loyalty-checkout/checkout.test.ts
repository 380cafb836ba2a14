import path from 'node:path';
import { getExtension } from '@shopify/ui-extensions-tester';
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { numberFormatter, observable, translator, type Language } from '../languages';
import { catalogues } from './catalogues';

const extension = getExtension('purchase.checkout.block.render', {
  configSearchDir: path.resolve('extensions/loyalty-checkout'),
});

const member = { status: 'member', balance: 120, pending: 15, earns: 45 };

describe('points at checkout', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    extension.setUp();
    extension.shopify.settings = observable({ heading: undefined }); // the tester refuses unknown keys
    speak('en');
  });

  afterEach(() => {
    render(null, document.body); // the tester can't unmount from an ES module
    extension.tearDown();
    vi.useRealTimers();
  });

  it('shows a member the balance, what the order earns and what is on its way', async () => {
    // GIVEN
    answerWith(member);
    // WHEN
    await renderAndSettle();
    // THEN
    expect(heading()).toBe('Your points');
    expect(lines()).toEqual([
      'You have 120 points.',
      'You will earn 45 points with this order.',
      '15 more points are on their way.',
    ]);
  });

  it('leaves out what is nothing and keeps a balance below zero honest', async () => {
    answerWith({ status: 'member', balance: -5, pending: 0, earns: 0 });
    await renderAndSettle();
    expect(lines()).toEqual(['You have -5 points.']);
  });

  it('asks our own server, as this shopper, about this order', async () => {
    const fetch = answerWith(member);
    extension.shopify.cost.totalAmount = observable({ amount: 29.99, currencyCode: 'EUR' }) as never;
    await renderAndSettle();
    expect(fetch).toHaveBeenCalledTimes(1);
    const [url, init] = fetch.mock.calls[0]!;
    expect(url).toBe('https://app.example/api/shopper/points?total=29.99&currency=EUR');
    expect(init?.headers).toEqual({ Authorization: 'Bearer mock-session-token' });
  });

  it('tells what is bought: some goods may count more often', async () => {
    const fetch = answerWith(member);
    extension.shopify.lines = observable([line('12', 20), line('9007199254740993', 9.5)]) as never;
    extension.shopify.cost.totalAmount = observable({ amount: 29.5, currencyCode: 'EUR' }) as never;
    await renderAndSettle();
    expect(new URLSearchParams(searchOf(fetch.mock.calls[0]![0])).getAll('line')).toEqual([
      '12:20',
      '9007199254740993:9.5',
    ]);
  });

  it('tells lines of one product as one, what is not sent, and the parts of a bundle', async () => {
    const bundle = { ...line('3', 10), lineComponents: [line('12', 4), line('5', 6)] };
    const card = line('8', 50);
    card.merchandise.requiresShipping = false;
    extension.shopify.lines = observable([line('12', 0.1), card, line('12', 0.2), bundle]) as never;
    const fetch = answerWith(member);
    await renderAndSettle();
    const told = new URLSearchParams(searchOf(fetch.mock.calls[0]![0])).getAll('line');
    expect(told).toEqual(['12:4.3', '8:50:digital', '5:6']);
  });

  it.each([
    [300, undefined],
    [501, '0:0.2'],
  ])('tells a cart of %i products in a form, as no address holds it', async (count, last) => {
    const fetch = answerWith(member);
    const cart = Array.from({ length: count }, (_, index) => line(String(8_123_456_789_000 + index), 0.1));
    extension.shopify.lines = observable(cart) as never;
    await renderAndSettle();
    const [url, init] = fetch.mock.calls[0]!;
    expect({ url, method: init?.method, headers: init?.headers }).toEqual({
      url: 'https://app.example/api/shopper/points',
      method: 'POST',
      headers: {
        Authorization: 'Bearer mock-session-token',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    });
    const told = new URLSearchParams(init?.body as string).getAll('line');
    expect(told).toHaveLength(Math.min(count, 500));
    expect(told.at(-1)).toBe(last ?? '8123456789299:0.1');
    expect(lines()[1]).toBe('You will earn 45 points with this order.');
  });

  it.each([
    ['in prices', 11.9, 0, 130.9, true],
    ['in prices of a discounted order', 0, 19, 100, true],
    ['on top', 11.9, 0, 151.8, false],
    ['on top of a discounted order', 0, 19, 119, false],
  ])('tells whether tax is %s', async (_, shipping, off, total, isIncluded) => {
    const euro = (amount: number) => ({ amount, currencyCode: 'EUR' });
    const fetch = answerWith(member);
    extension.shopify.lines = observable([line('1', 119)]) as never;
    extension.shopify.cost.totalAmount = observable(euro(total)) as never;
    extension.shopify.cost.totalTaxAmount = observable(euro(total === 100 ? 16 : 20.9)) as never;
    extension.shopify.cost.totalShippingAmount = observable(euro(shipping)) as never;
    extension.shopify.discountAllocations = observable([{ discountedAmount: euro(off) }]) as never;
    await renderAndSettle();
    const told = new URLSearchParams(searchOf(fetch.mock.calls[0]![0])).get('taxIncluded');
    expect(told).toBe(isIncluded ? '1' : null);
  });

  it('says about where the order may earn a little more or less', async () => {
    answerWith({ ...member, pending: 0, isAbout: true });
    await renderAndSettle();
    expect(lines()[1]).toBe('You will earn about 45 points with this order.');
  });

  it('tells the parts that may not earn, as soon as the checkout knows them', async () => {
    const fetch = answerWith(member);
    const tax = observable<unknown>(undefined);
    extension.shopify.cost.totalAmount = observable({ amount: 119, currencyCode: 'EUR' }) as never;
    extension.shopify.cost.totalTaxAmount = tax as never;
    extension.shopify.cost.totalShippingAmount = observable({ amount: 4.9, currencyCode: 'EUR' }) as never;
    await renderAndSettle();
    tax.set({ amount: 19, currencyCode: 'EUR' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(fetch.mock.calls.map(([url]) => searchOf(url))).toEqual([
      '?total=119&currency=EUR&shipping=4.9',
      '?total=119&currency=EUR&tax=19&shipping=4.9',
    ]);
  });

  it('invites a guest', async () => {
    answerWith({ status: 'guest', earns: 45 });
    await renderAndSettle();
    expect(lines()).toEqual(['Create an account or sign in to collect 45 points with this order.']);
  });

  it("uses the merchant's heading", async () => {
    answerWith(member);
    extension.shopify.settings = observable({ heading: ' Bloom Club ' });
    await renderAndSettle();
    expect(heading()).toBe('Bloom Club');
  });

  it('announces the answer: the live region is there before the text is', async () => {
    const { resolve } = answerLater();
    await renderAndSettle();
    const region = document.querySelector('[accessibilityrole="status"]');
    expect(region?.querySelector('s-skeleton-paragraph')).not.toBeNull();
    resolve(member);
    await settle();
    expect(document.querySelector('[accessibilityrole="status"]')).toBe(region);
    expect(region?.textContent).toContain('120');
  });

  describe('renders nothing', () => {
    it.each([
      ['the programme is off', { status: 'off' }],
      ['a guest would earn nothing', { status: 'guest', earns: 0 }],
    ])('when %s', async (_, answer) => {
      const fetch = answerWith(answer);
      await renderAndSettle();
      expect(fetch).toHaveBeenCalledTimes(1);
      expect(document.body.innerHTML).toBe('');
    });

    it.each([
      ['no object', 'member'],
      ['null', null],
      ['a list', []],
      ['an unknown status', { status: 'vip', earns: 1 }],
      ['a missing field', { status: 'member', balance: 1, earns: 1 }],
      ['text for a number', { status: 'guest', earns: '45' }],
      ['a fraction', { status: 'guest', earns: 4.5 }],
      ['fewer than no points', { status: 'guest', earns: -1 }],
      ['a number that lost digits', { status: 'member', balance: 2 ** 53, pending: 0, earns: 1 }],
    ])('when the answer is malformed: %s', async (_, answer) => {
      const fetch = answerWith(answer);
      await renderAndSettle();
      expect(fetch).toHaveBeenCalledTimes(1);
      expect(document.body.innerHTML).toBe('');
    });

    it('when the answer is not JSON', async () => {
      extension.fetch = vi.fn(async () => new Response('<html>'));
      await renderAndSettle();
      expect(extension.fetch).toHaveBeenCalledTimes(1);
      expect(document.body.innerHTML).toBe('');
    });

    it('when the server refuses', async () => {
      extension.fetch = vi.fn(async () => Response.json(member, { status: 500 }));
      await renderAndSettle();
      expect(extension.fetch).toHaveBeenCalledTimes(1);
      expect(document.body.innerHTML).toBe('');
    });

    it('when the network is down', async () => {
      extension.fetch = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
      await renderAndSettle();
      expect(extension.fetch).toHaveBeenCalledTimes(1);
      expect(document.body.innerHTML).toBe('');
    });

    it('when there is no session token', async () => {
      const fetch = answerWith(member);
      extension.shopify.sessionToken.get = () => Promise.reject(new Error('no token'));
      await renderAndSettle();
      expect(fetch).not.toHaveBeenCalled();
      expect(document.body.innerHTML).toBe('');
    });

    it('when a part of it fails to render', async () => {
      answerWith(member);
      vi.spyOn(console, 'error').mockImplementation(() => {});
      extension.shopify.i18n.translate = () => {
        throw new Error('no catalogue');
      };
      await renderAndSettle();
      expect(document.body.innerHTML).toBe('');
    });
  });

  describe('takes its time', () => {
    it('shows a skeleton, then gives up after three seconds and hangs up', async () => {
      const { signal } = answerLater();
      await renderAndSettle();
      expect(skeleton()).not.toBeNull();
      await vi.advanceTimersByTimeAsync(2_500);
      expect(skeleton()).not.toBeNull();
      await vi.advanceTimersByTimeAsync(700);
      expect(document.body.innerHTML).toBe('');
      expect(signal()?.aborted).toBe(true);
    });

    it('gives up as well when it is the session token that does not come', async () => {
      extension.shopify.sessionToken.get = () => new Promise(() => {});
      await renderAndSettle();
      expect(skeleton()).not.toBeNull();
      await vi.advanceTimersByTimeAsync(3_200);
      expect(document.body.innerHTML).toBe('');
    });
  });

  describe('when the total changes', () => {
    it('asks again once the total has settled, and shows no points meanwhile', async () => {
      const total = changingTotal(10);
      const fetch = answerByTotal();
      await renderAndSettle();
      expect(lines()).toContain('You will earn 10 points with this order.');

      total.set({ amount: 20, currencyCode: 'EUR' });
      await settle();
      expect(lines()).toEqual([]);
      expect(skeleton()).not.toBeNull();
      total.set({ amount: 30, currencyCode: 'EUR' });
      await vi.advanceTimersByTimeAsync(600);

      expect(lines()).toContain('You will earn 30 points with this order.');
      expect(fetch.mock.calls.map(([url]) => totalOf(url))).toEqual(['10', '30']);
    });

    it('asks again when only the currency changes', async () => {
      const total = changingTotal(10);
      const fetch = answerByTotal();
      await renderAndSettle();
      total.set({ amount: 10, currencyCode: 'USD' });
      await vi.advanceTimersByTimeAsync(600);
      expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('never shows an answer that arrives after its total is gone', async () => {
      // GIVEN a first question that hangs
      const total = changingTotal(10);
      const waiting: ((response: Response) => void)[] = [];
      extension.fetch = vi.fn(() => new Promise<Response>((resolve) => waiting.push(resolve)));
      await renderAndSettle();
      // WHEN the total changes, the second question is answered and then the first
      total.set({ amount: 20, currencyCode: 'EUR' });
      await vi.advanceTimersByTimeAsync(600);
      expect(waiting).toHaveLength(2);
      waiting[1]!(Response.json({ ...member, earns: 20 }));
      await settle();
      waiting[0]!(Response.json({ ...member, earns: 10 }));
      await settle();
      // THEN
      expect(lines()).toContain('You will earn 20 points with this order.');
    });

    it('stays out of sight where there was nothing to see', async () => {
      const total = changingTotal(10);
      answerWith({ status: 'off' });
      await renderAndSettle();
      total.set({ amount: 20, currencyCode: 'EUR' });
      await settle();
      expect(document.body.innerHTML).toBe('');
    });

    it('comes back when the next answer arrives', async () => {
      const total = changingTotal(10);
      extension.fetch = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
      await renderAndSettle();
      expect(extension.fetch).toHaveBeenCalledTimes(1);
      expect(document.body.innerHTML).toBe('');
      answerWith(member);
      total.set({ amount: 20, currencyCode: 'EUR' });
      await vi.advanceTimersByTimeAsync(600);
      expect(lines()).toHaveLength(3);
    });
  });

  describe('in three languages', () => {
    it.each<[Language, number, string]>([
      ['en', 1, 'You have 1 point.'],
      ['en', 1234, 'You have 1,234 points.'],
      ['de', 1, 'Du hast 1 Punkt.'],
      ['de', 1234, 'Du hast 1.234 Punkte.'],
      ['fr', 0, 'Vous avez 0 point.'],
      ['fr', 1234, 'Vous avez 1\u202f234 points.'],
    ])('%s: %d points', async (language, balance, text) => {
      speak(language);
      answerWith({ status: 'member', balance, pending: 0, earns: 0 });
      await renderAndSettle();
      expect(lines()).toEqual([text]);
    });
  });
});

function speak(language: Language) {
  extension.shopify.i18n.translate = translator(catalogues, language) as never;
  extension.shopify.i18n.formatNumber = numberFormatter(language);
}

function answerWith(answer: unknown) {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => Response.json(answer));
  extension.fetch = fetch;
  return fetch;
}

/** Every order earns as many points as it has units of currency. */
function answerByTotal() {
  const fetch = vi.fn<typeof globalThis.fetch>(async (url) =>
    Response.json({ ...member, earns: Number(totalOf(url)) }),
  );
  extension.fetch = fetch;
  return fetch;
}

function answerLater() {
  let resolve: (response: Response) => void = () => {};
  const promise = new Promise<Response>((fulfil) => (resolve = fulfil));
  let signal: AbortSignal | null | undefined;
  extension.fetch = vi.fn<typeof globalThis.fetch>((_, init) => {
    signal = init?.signal;
    return promise;
  });
  return { resolve: (answer: unknown) => resolve(Response.json(answer)), signal: () => signal };
}

function changingTotal(amount: number) {
  const total = observable({ amount, currencyCode: 'EUR' });
  extension.shopify.cost.totalAmount = total as never;
  return total;
}

async function renderAndSettle() {
  await extension.render();
  await settle();
}

/** Enough for effects and promises, not enough for the debounce. */
async function settle() {
  await vi.advanceTimersByTimeAsync(200);
}

const searchOf = (url: unknown) => new URL(String(url)).search;
const totalOf = (url: unknown) => new URL(String(url)).searchParams.get('total');
const heading = () => document.querySelector('s-section')?.getAttribute('heading');
const skeleton = () => document.querySelector('s-skeleton-paragraph');
const line = (product: string, amount: number) => ({
  merchandise: { product: { id: `gid://shopify/Product/${product}` }, requiresShipping: true },
  lineComponents: [] as object[],
  cost: { totalAmount: { amount, currencyCode: 'EUR' } },
});
const lines = () => [...document.querySelectorAll('s-paragraph')].map((line) => line.textContent);
