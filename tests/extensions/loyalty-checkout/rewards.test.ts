import path from 'node:path';
import { getExtension } from '@shopify/ui-extensions-tester';
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  currencyFormatter,
  dateFormatter,
  numberFormatter,
  observable,
  translator,
  type Language,
} from '../languages';
import { catalogues } from './catalogues';

const extension = getExtension('purchase.checkout.block.render', {
  configSearchDir: path.resolve('extensions/loyalty-checkout'),
});

const reward = { id: '7', title: '5 € off', points: 500, minimum: null };
const code = { code: 'P-AAAA-BBBB-CCCC', title: '5 € off', minimum: null, expiresAt: null };
const member = { status: 'member', balance: 1_200, pending: 0, earns: 0, currency: 'EUR', rewards: [reward] };

/** What our server says next to the two questions the block has. */
let pointsAnswer: object;
let redeemAnswers: (() => Promise<Response>)[];
let commands: { rewardId: string; key: string }[];

beforeEach(() => {
  extension.setUp();
  extension.shopify.settings = observable({ heading: undefined });
  speak('en');
  totalIs(50);
  pointsAnswer = member;
  redeemAnswers = [];
  commands = [];
  extension.fetch = vi.fn<typeof globalThis.fetch>((url, init) => {
    if (!(url as string).endsWith('/redeem')) return Promise.resolve(Response.json(pointsAnswer));
    commands.push(JSON.parse(init?.body as string) as (typeof commands)[number]);
    const answer = redeemAnswers.shift();
    return answer ? answer() : Promise.resolve(ready());
  });
});

afterEach(() => {
  render(null, document.body);
  extension.tearDown();
});

describe('redeeming at checkout', () => {
  it('spends the points, then puts the code into the checkout, and says so', async () => {
    const apply = codeChange({ type: 'success' });
    await extension.render();
    await press('Redeem 5 € off');
    await said('5 € off is taken off this order.');
    expect(commands).toEqual([{ rewardId: '7', key: expect.stringMatching(/^[0-9a-f]{32}$/) as string }]);
    expect(apply).toHaveBeenCalledWith({ type: 'addDiscountCode', code: code.code });
  });

  it('offers no code before the day it starts on', async () => {
    pointsAnswer = { ...member, rewards: [], codes: [{ ...code, startsAt: '2026-05-20T10:00:00Z' }] };
    await extension.render();
    await said('Works from May 20, 2026');
    expect(document.querySelector('s-button')).toBeNull();
  });

  it('spends the points that were chosen, where a reward lets one choose', async () => {
    codeChange({ type: 'success' });
    const slider = { perUnit: 100, most: 1_000, step: 100 };
    pointsAnswer = { ...member, rewards: [{ ...reward, slider }] };
    await extension.render();
    await said('500 points are worth €5.00');
    const field = document.querySelector('s-number-field')!;
    Object.assign(field, { value: '700' });
    field.dispatchEvent(new Event('change'));
    await said('5 € off · 700 points');
    await press('Redeem 5 € off');
    await said('5 € off is taken off this order.');
    expect(commands).toMatchObject([{ rewardId: '7', points: 700 }]);
  });

  it('shows the balance of afterwards, though the total is the same', async () => {
    codeChange({ type: 'success' });
    await extension.render();
    await press('Redeem 5 € off');
    pointsAnswer = { ...member, balance: 700, rewards: [] };
    await said('You have 700 points.');
  });

  it('says that the code is kept when it does not fit this order', async () => {
    codeChange({ type: 'error', message: 'not combinable' });
    await extension.render();
    await press('Redeem 5 € off');
    await said(
      'The code P-AAAA-BBBB-CCCC can’t be used with this order. It is yours: you find it in your account.',
    );
  });

  it('takes one reward at a time, however often it is pressed', async () => {
    codeChange({ type: 'success' });
    redeemAnswers = [() => new Promise(() => {})];
    await extension.render();
    await press('Redeem 5 € off');
    await press('Redeem 5 € off');
    expect(commands).toHaveLength(1);
  });

  it('asks with the same key after an answer that was lost, and with another one after a refusal', async () => {
    redeemAnswers = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => Promise.resolve(Response.json({ status: 'preparing' }, { status: 202 })),
      () => Promise.resolve(Response.json({ error: 'no', reason: 'too_few_points' }, { status: 400 })),
    ];
    await extension.render();
    await press('Redeem 5 € off');
    await said('We can’t tell whether that worked. Press the button again: no points are spent twice.');
    await press('Redeem 5 € off');
    await said('Your code for 5 € off is being prepared. Press the button again in a minute.');
    await press('Redeem 5 € off');
    await said('You don’t have enough points for 5 € off any more.');
    await press('Redeem 5 € off');
    await vi.waitFor(() => expect(commands).toHaveLength(4));
    const keys = commands.map(({ key }) => key);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).toBe(keys[0]);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it.each([
    ['limit_reached', 'You have had 5 € off as often as it can be had.'],
    ['not_offered', '5 € off is not offered any more.'],
    ['guest', 'Sign in to redeem rewards.'],
    ['no_code', '5 € off can’t be redeemed right now. You keep your points.'],
    ['whatever comes to be', '5 € off can’t be redeemed right now. You keep your points.'],
  ])('says in words why not: %s', async (reason, words) => {
    redeemAnswers = [() => Promise.resolve(Response.json({ error: 'no', reason }, { status: 400 }))];
    await extension.render();
    await press('Redeem 5 € off');
    await said(words);
  });

  it('says so in the shopper’s language', async () => {
    speak('de');
    redeemAnswers = [
      () => Promise.resolve(Response.json({ error: 'no', reason: 'too_few_points' }, { status: 400 })),
    ];
    await extension.render();
    await press('5 € off einlösen');
    await said('Für 5 € off reichen deine Punkte nicht mehr.');
  });
});

describe('what is offered', () => {
  it('a reward the cart is too small for says from when on, instead of wasting points', async () => {
    pointsAnswer = { ...member, rewards: [{ ...reward, minimum: '60' }] };
    await extension.render();
    await said('5 € off · 500 points');
    expect(text()).toContain('From €60.00');
    expect(document.querySelector('s-button')).toBeNull();
  });

  it('a code one has: to be used, or in use', async () => {
    const apply = codeChange({ type: 'success' });
    const codes = observable<{ code: string }[]>([]);
    extension.shopify.discountCodes = codes;
    pointsAnswer = { ...member, rewards: [], codes: [code] };
    await extension.render();
    await said('5 € off (P-AAAA-BBBB-CCCC)');
    document.querySelector<HTMLElement>('s-button')!.click();
    await said('5 € off is taken off this order.');
    expect(apply).toHaveBeenCalledWith({ type: 'addDiscountCode', code: code.code });
    codes.set([{ code: code.code }]);
    await vi.waitFor(() => expect(document.querySelector('s-badge')?.textContent).toBe('In use'));
  });

  it('nothing to press where the checkout takes no codes from us, but where they are', async () => {
    const { value } = extension.shopify.instructions;
    extension.shopify.instructions = observable({
      ...value,
      discounts: { canUpdateDiscountCodes: false },
    });
    await extension.render();
    await said('Codes can’t be changed in this checkout. Your rewards and codes wait in your account.');
    expect(document.querySelector('s-button')).toBeNull();
  });

  it('nothing more when there is nothing, or nothing that is understood', async () => {
    pointsAnswer = { ...member, rewards: [{ id: 7 }, 'x'], codes: {}, tier: { basis: 3 } };
    await extension.render();
    await said('You have 1,200 points.');
    expect(document.querySelector('s-heading, s-progress')).toBeNull();
  });
});

describe('the tier', () => {
  it.each<[Language, string, string]>([
    ['en', 'You are Silver.', '€149.50 more until Gold.'],
    ['de', 'Du bist Silver.', 'Noch 149,50 € bis Gold.'],
    ['fr', 'Vous êtes Silver.', 'Encore 149,50 € avant Gold.'],
  ])('%s: where one stands and what is left', async (language, stands, left) => {
    speak(language);
    const next = { name: 'Gold', missing: '149.5', progress: 0.25 };
    pointsAnswer = { ...member, tier: { name: 'Silver', basis: 'net_spend', next } };
    await extension.render();
    await said(stands);
    expect(text().replaceAll(/[\u202f\u00a0]/g, ' ')).toContain(left);
    expect(document.querySelector('s-progress')?.getAttribute('value')).toBe('0.25');
  });

  it('counts orders and points as what they are, and is silent at the top', async () => {
    pointsAnswer = {
      ...member,
      tier: { name: null, basis: 'orders', next: { name: 'Silver', missing: '1', progress: 0.5 } },
    };
    await extension.render();
    await said('1 order more until Silver.');
    render(null, document.body);
    pointsAnswer = { ...member, tier: { name: 'Gold', basis: 'orders', next: null } };
    await extension.render();
    await said('You are Gold.');
    expect(document.querySelector('s-progress')).toBeNull();
  });
});

function speak(language: Language) {
  const { i18n } = extension.shopify;
  i18n.translate = translator(catalogues, language) as never;
  i18n.formatNumber = numberFormatter(language);
  i18n.formatCurrency = currencyFormatter(language);
  i18n.formatDate = dateFormatter(language);
}

function totalIs(amount: number) {
  const money = observable({ amount, currencyCode: 'EUR' }) as never;
  Object.assign(extension.shopify.cost, { totalAmount: money, subtotalAmount: money });
}

function codeChange(result: { type: 'success' } | { type: 'error'; message: string }) {
  const apply = vi.fn(() => Promise.resolve(result));
  extension.shopify.applyDiscountCodeChange = apply;
  return apply;
}

const ready = () => Response.json({ status: 'ready', code: code.code, title: code.title, expiresAt: null });

const text = () => document.body.textContent;
const said = (words: string) => vi.waitFor(() => expect(text()).toContain(words));

async function press(label: string) {
  const button = await vi.waitFor(() => {
    const found = document.querySelector<HTMLElement>(`s-button[accessibilitylabel="${label}"]`);
    expect(found).not.toBeNull();
    return found!;
  });
  button.click();
}
