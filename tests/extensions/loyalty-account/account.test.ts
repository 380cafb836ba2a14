import path from 'node:path';
import { getExtension } from '@shopify/ui-extensions-tester';
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { currencyFormatter, dateFormatter, numberFormatter, translator, type Language } from '../languages';
import { catalogues } from './catalogues';

const extension = getExtension('customer-account.page.render', {
  configSearchDir: path.resolve('extensions/loyalty-account'),
});

const line = (id: string, meaning: string, points: number, about: object = {}) => ({
  id,
  meaning,
  order: null,
  title: null,
  points,
  pending: 0,
  at: '2026-05-02T10:00:00Z',
  ...about,
});
const member = {
  status: 'member',
  balance: 1_225,
  pending: 0,
  pendingUntil: null,
  expiry: null,
  currency: 'EUR',
  tier: null,
  rewards: [],
  codes: [],
  history: [],
  nextCursor: null,
};
const reward = { id: '7', title: '5 € off', points: 500, minimum: null, missing: 0, usedUp: false };

let answers: (object | Error)[];
let redeemAnswer: () => Response;
let birthdayAnswer: (() => Response)[];
let asked: string[];
let commands: unknown[];

beforeEach(() => {
  extension.setUp();
  speak('en');
  asked = [];
  commands = [];
  answers = [member];
  redeemAnswer = () =>
    Response.json({ status: 'ready', code: 'P-AAAA-BBBB-CCCC', title: '5 € off', expiresAt: null });
  extension.fetch = vi.fn<typeof globalThis.fetch>((url, init) => {
    asked.push(url as string);
    if (init?.body) commands.push(JSON.parse(init.body as string));
    if (asked.at(-1)?.endsWith('/birthday'))
      return new Promise((resolve) => resolve(birthdayAnswer.shift()!()));
    if (asked.at(-1)?.endsWith('/redeem')) return Promise.resolve(redeemAnswer());
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(Response.json(next));
  });
});

afterEach(() => {
  render(null, document.body);
  extension.tearDown();
});

describe('the loyalty page of an account', () => {
  it('tells balance, what is pending until when, and what expires when', async () => {
    show({
      pending: 30,
      pendingUntil: '2026-05-14T10:00:00Z',
      expiry: { points: 1, lastDay: '2026-12-31' },
    });
    await extension.render();
    await said('1,225 points');
    expect(text()).toContain('30 more points are on their way. The next can be spent from May 14, 2026.');
    expect(text()).toContain('1 point expires if you don’t use it by December 31, 2026.');
    expect(asked).toEqual(['https://app.example/api/shopper/account']);
  });

  it('tells the history in plain words', async () => {
    show({
      history: [
        line('3', 'reward', -500, { title: '5 € off' }),
        line('2', 'order_half_refunded', -25, { order: '#1004' }),
        line('1', 'order_earned', 0, { order: '#1004', pending: 50 }),
        line('0', 'something the server learned later', 5),
      ],
    });
    await extension.render();
    await said('Order #1004, half refunded: −25');
    expect([...document.querySelectorAll('s-list-item')].map((item) => item.textContent)).toEqual([
      '5 € off redeemed: −500 May 2, 2026',
      'Order #1004, half refunded: −25 May 2, 2026',
      'Order #1004: +50 on their way May 2, 2026',
      'Changed by the shop: +5 May 2, 2026',
    ]);
  });

  it('shows older history on demand, below what is there', async () => {
    answers = [
      { ...member, history: [line('2', 'earned', 2)], nextCursor: '2' },
      { ...member, history: [line('1', 'earned', 1)], nextCursor: null },
    ];
    await extension.render();
    await press('Show more');
    await said('Points earned: +1');
    expect(asked.at(-1)).toContain('?cursor=2');
    expect(document.querySelectorAll('s-list-item')).toHaveLength(2);
    expect(text()).not.toContain('Show more');
  });

  it('tells the tier and what is left to the next', async () => {
    show({
      tier: { name: 'Silver', basis: 'net_spend', next: { name: 'Gold', missing: '100', progress: 0.8 } },
    });
    await extension.render();
    await said('€100.00 more until Gold.');
    expect(document.querySelector('s-progress')?.getAttribute('value')).toBe('0.8');
  });

  it('tells what rewards there are: to redeem, still to come, or had', async () => {
    show({
      rewards: [
        { ...reward, id: '1', usedUp: true },
        reward,
        { ...reward, id: '9', title: 'Free shipping', points: 1_500, missing: 275, minimum: '20' },
      ],
    });
    await extension.render();
    await said('275 points to go');
    expect(text()).toContain('1,500 points · From €20.00');
    expect(text()).toContain('Had as often as it can be had');
    expect(document.querySelectorAll('s-button')).toHaveLength(1);
  });

  it('redeems a reward, shows the code, and the account as it is then', async () => {
    answers = [
      { ...member, rewards: [reward] },
      {
        ...member,
        balance: 725,
        codes: [
          {
            code: 'P-AAAA-BBBB-CCCC',
            title: '5 € off',
            minimum: null,
            startsAt: '2026-05-20T10:00:00Z',
            expiresAt: '2026-06-01T10:00:00Z',
          },
        ],
      },
    ];
    await extension.render();
    await press('Redeem');
    await said('5 € off: your code is P-AAAA-BBBB-CCCC. Enter it at checkout.');
    await said('725 points');
    expect(text()).toContain('from May 20, 2026 · until June 1, 2026');
    expect(document.querySelector('s-clipboard-item')?.getAttribute('text')).toBe('P-AAAA-BBBB-CCCC');
  });

  it('says in words why a reward can’t be had', async () => {
    show({ rewards: [reward] });
    redeemAnswer = () => Response.json({ error: 'no', reason: 'too_few_points' }, { status: 400 });
    await extension.render();
    await press('Redeem');
    await said('You don’t have enough points for 5 € off any more.');
  });

  it('lets one choose the points of a reward, on its steps, and says what they are worth', async () => {
    const slider = { perUnit: 100, most: 1_200, step: 50 };
    show({ rewards: [{ ...reward, slider, points: 200 }] });
    redeemAnswer = () =>
      Response.json({ status: 'ready', kind: 'store_credit', code: null, title: 'Credit', value: '3.5' });
    await extension.render();
    await said('200 points are worth €2.00');
    const field = document.querySelector('s-number-field')!;
    for (const [typed, worth] of [
      ['99999', '1,200 points are worth €12.00'],
      ['1', '200 points are worth €2.00'],
      ['399', '350 points are worth €3.50'],
    ] as const) {
      Object.assign(field, { value: typed });
      field.dispatchEvent(new Event('change'));
      await said(worth);
    }
    await press('Redeem');
    await said('Credit is in your account as store credit.');
    expect(commands).toMatchObject([{ rewardId: '7', points: 350 }]);
  });

  it('shows a gift card’s code, and whom a reward is for', async () => {
    show({ rewards: [reward, { ...reward, id: '8', title: 'VIP', onlyFor: ['Gold'] }] });
    redeemAnswer = () =>
      Response.json({ status: 'ready', kind: 'gift_card', code: 'ABCD2345EFGH6789', title: 'Card' });
    await extension.render();
    await said('Only for Gold');
    expect(document.querySelectorAll('s-button[accessibilitylabel^="Redeem"]')).toHaveLength(1);
    await press('Redeem');
    await said('Card: your gift card is ABCD2345EFGH6789.');
  });

  it('asks for the birthday, says what for and that it can be told once, and thanks', async () => {
    show({ birthday: { points: 50 } });
    birthdayAnswer = [
      () => {
        throw new TypeError('Failed to fetch');
      },
      () => Response.json({ status: 'kept', birthday: { month: 2, day: 29 } }),
    ];
    await extension.render();
    await said('Tell us your birthday and get 50 points on it, every year.');
    expect(text()).toContain('You can tell it once.');
    await press('Tell my birthday');
    await said('Choose a month and a day that there is.');
    choose('Day', '31');
    choose('Month', '2');
    await vi.waitFor(() => expect(optionsOf('Day')).toHaveLength(29));
    await press('Tell my birthday');
    await said('Choose a month and a day that there is.');
    expect(commands).toEqual([]);
    choose('Day', '29');
    await press('Tell my birthday');
    await said('Your birthday could not be saved. Please try again.');
    await press('Tell my birthday');
    await said('Thank you. Your birthday is on February 29.');
    expect(commands).toEqual([
      { month: 2, day: 29 },
      { month: 2, day: 29 },
    ]);
    expect(document.querySelector('s-select')).toBeNull();
  });

  it('says when the birthday is known already, and asks in words of one’s own', async () => {
    speak('de');
    show({ birthday: { points: 0 } });
    birthdayAnswer = [() => Response.json({ error: 'no', reason: 'told_before' }, { status: 409 })];
    await extension.render();
    await said('In manchen Stufen gibt es jedes Jahr Punkte dafür.');
    expect(optionsOf('Monat')[4]).toBe('Mai');
    choose('Tag', '10');
    choose('Monat', '5');
    await press('Geburtstag angeben');
    await said('Dein Geburtstag ist schon bekannt.');
  });

  it('does not ask for a birthday that is known or brings nothing', async () => {
    await extension.render();
    await said('1,225 points');
    expect(document.querySelector('s-select')).toBeNull();
  });

  it('teaches whoever has nothing yet', async () => {
    await extension.render();
    await said('Nothing yet. Your first order brings points here.');
  });

  it('says so when there is no programme', async () => {
    answers = [{ status: 'off' }];
    await extension.render();
    await said('There is no loyalty programme here right now.');
  });

  it.each([
    ['the network is down', new TypeError('Failed to fetch')],
    ['the answer is not understood', { status: 'vip' }],
    ['a number lost digits', { ...member, balance: 2 ** 53 }],
  ])('says so when %s, and tries again', async (_what, answer) => {
    answers = [answer, member];
    await extension.render();
    await vi.waitFor(() =>
      expect(document.querySelector('s-banner')?.getAttribute('heading')).toBe(
        'Your points can’t be shown right now.',
      ),
    );
    await press('Try again');
    await said('1,225 points');
  });

  it.each<[Language, string, string]>([
    ['de', 'Bestellung #1004, zur Hälfte erstattet: −25', '1.225 Punkte'],
    ['fr', 'Commande #1004, remboursée pour moitié: −25', '1 225 points'],
  ])('in %s', async (language, refund, balance) => {
    speak(language);
    show({ history: [line('1', 'order_half_refunded', -25, { order: '#1004' })] });
    await extension.render();
    await said(refund);
    expect(text().replaceAll(/[\u202f\u00a0]/g, ' ')).toContain(balance);
  });
});

function show(changes: object) {
  answers = [{ ...member, ...changes }];
}

function speak(language: Language) {
  const { i18n } = extension.shopify;
  i18n.translate = translator(catalogues, language) as never;
  i18n.formatNumber = numberFormatter(language);
  i18n.formatCurrency = currencyFormatter(language);
  i18n.formatDate = dateFormatter(language);
}

const text = () => document.body.textContent;
const said = (words: string) => vi.waitFor(() => expect(text()).toContain(words));

const field = (label: string) => document.querySelector(`s-select[label="${label}"]`)!;
const optionsOf = (label: string) =>
  [...field(label).querySelectorAll('s-option')].map((option) => option.textContent);

function choose(label: string, value: string) {
  Object.assign(field(label), { value });
  field(label).dispatchEvent(new Event('change'));
}

async function press(label: string) {
  const button = await vi.waitFor(() => {
    const found = [...document.querySelectorAll<HTMLElement>('s-button')].find(
      ({ textContent }) => textContent === label,
    );
    expect(found).toBeDefined();
    return found!;
  });
  button.click();
}
