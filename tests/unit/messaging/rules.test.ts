import { describe, expect, it } from 'vitest';
import { chooseLocale, formatCount } from '~/modules/messaging/locale';
import { planVars, type VarsInput } from '~/modules/messaging/mail-vars';
import { isTooLate, maxAttempts, nextAttempt } from '~/modules/messaging/retry';
import { readableOn } from '~/emails/readable-on';

const input: VarsInput = {
  kind: 'marketing',
  templateKey: 'abandoned_checkout.first',
  token: 'token',
  appUrl: 'https://app.example',
  locale: { mail: 'de', format: 'de' },
  shop: { name: 'Fern', address: null, logoUrl: null, brandColor: '#2f6f4e', currency: 'USD' },
  customer: { firstName: 'Robin', points: 1_250 },
  cart: {
    state: 'abandoned',
    locale: null,
    lines: [
      {
        title: 'Shirt',
        variantTitle: null,
        quantity: 3,
        price: '0.10',
        imageUrl: 'https://cdn.shopify.com/a.png?v=1',
      },
    ],
    presentmentTotal: '0.30',
    presentmentCurrency: 'EUR',
    recoveryUrl: 'https://fern.example/recover',
  },
  loyalty: null,
};
const plan = (change: Partial<VarsInput>) => planVars({ ...input, ...change });
const vars = (change: Partial<VarsInput> = {}) => {
  const planned = plan(change);
  if ('withhold' in planned) throw new Error(planned.withhold);
  return planned.vars;
};

describe('the language of a mail', () => {
  it.each([
    [['de'], 'de', 'de'],
    [['fr-CA'], 'fr', 'fr-CA'],
    [['de_AT'], 'de', 'de-AT'],
    [['pt-BR', 'fr'], 'fr', 'fr'],
    [[null, undefined, 'und', 'es'], 'en', 'en'],
    [['de-!!'], 'de', 'de'],
    [[], 'en', 'en'],
  ])('of %j is %s, numbers as in %s', (candidates, mail, format) => {
    expect(chooseLocale(candidates)).toEqual({ mail, format });
  });

  it('writes numbers as its readers do', () => {
    expect(formatCount(1_250, 'de')).toBe('1.250');
    expect(formatCount(1_250, 'en')).toBe('1,250');
  });
});

describe('what goes into a mail', () => {
  it('is exact money in the customer’s currency and way of writing', () => {
    const { cart, points } = vars();
    expect(cart?.lines[0]?.total.replace(/\s/u, ' ')).toBe('0,30 €');
    expect(cart?.total.replace(/\s/u, ' ')).toBe('0,30 €');
    expect(points).toEqual({ balance: '1.250', positive: true });
  });

  it('is never a line break, a control character or an endless text', () => {
    const { customer, shop } = vars({
      customer: { firstName: ' Eve\r\nBcc:\u0000 x\u2028y ', points: 0 },
      shop: { ...input.shop, name: 'x'.repeat(500) },
    });
    expect(customer.firstName).toBe('Eve Bcc: x y');
    expect(shop.name).toHaveLength(200);
    expect(vars({ customer: { firstName: ' \n ', points: 0 } }).customer.firstName).toBeNull();
  });

  it.each([
    ['Prize at https://evil.example/x', null],
    ['visit EVIL.example', null],
    ['evil.co', null],
    ['eve@evil.example', null],
    ['http://203.0.113.7', null],
    ['J. R.', 'J. R.'],
    ['Anne-Marie O’Neil', 'Anne-Marie O’Neil'],
    ['Dr. Ada', 'Dr. Ada'],
    ['李', '李'],
  ])('greets nobody by an address: %s', (firstName, greeted) => {
    expect(vars({ customer: { firstName, points: 0 } }).customer.firstName).toBe(greeted);
  });

  it('is pictures over https only, from Shopify in the size shown', () => {
    expect(vars().cart?.lines[0]?.imageUrl).toBe('https://cdn.shopify.com/a.png?v=1&width=144');
    const line = input.cart!.lines[0]!;
    const cart = (imageUrl: string) => ({ ...input.cart!, lines: [{ ...line, imageUrl }] });
    for (const bad of ['http://x.example/a.png', 'javascript:alert(1)', 'data:image/png;base64,x', 'a.png']) {
      expect(vars({ cart: cart(bad) }).cart?.lines[0]?.imageUrl).toBeNull();
    }
  });

  it('shows five lines and counts the rest', () => {
    const lines = Array.from({ length: 8 }, () => input.cart!.lines[0]!);
    expect(vars({ cart: { ...input.cart!, lines } }).cart).toMatchObject({ more: 3 });
  });

  it('has an unsubscribe link unless it belongs to an order', () => {
    expect(vars().links.unsubscribe).toBe('https://app.example/unsubscribe/token');
    expect(vars({ kind: 'transactional' }).links.unsubscribe).toBeNull();
  });

  it('is nothing when the cart is gone, empty, bought or unreachable', () => {
    expect(plan({ cart: null })).toEqual({ withhold: 'missing_value: cart' });
    expect(plan({ cart: { ...input.cart!, lines: [] } })).toEqual({ withhold: 'missing_value: cart' });
    expect(plan({ cart: { ...input.cart!, recoveryUrl: null } })).toEqual({
      withhold: 'missing_value: cart.recoveryUrl',
    });
    for (const state of ['recovered', 'ordered', 'replaced', 'deleted'] as const) {
      expect(plan({ cart: { ...input.cart!, state } })).toEqual({ withhold: 'cart_closed' });
    }
  });
});

describe('a mail about points that expire', () => {
  const about = (loyalty: VarsInput['loyalty']) => plan({ templateKey: 'points_expiring', loyalty });
  const expiring = { points: 1_450, worth: '14.5', lastDay: '2026-04-30' };

  it('writes points, money and days as its readers do', () => {
    const planned = about({ expiring, tier: null, rewards: [{ title: ' 5 €\r\noff ', points: 1_000 }] });
    expect(planned).toMatchObject({
      vars: {
        expiring: { count: 1_450, points: '1.450', lastDay: '30. April 2026' },
        rewards: { any: true, lines: [{ title: '5 € off', points: '1.000' }] },
      },
    });
    expect(about({ expiring: { ...expiring, worth: null }, tier: null, rewards: [] })).toMatchObject({
      vars: { expiring: { worth: null }, rewards: { any: false, lines: [] } },
    });
  });

  it('is nothing when nothing expires any more, or nobody told', () => {
    expect(about({ expiring: null, tier: null, rewards: [] })).toEqual({ withhold: 'points_kept' });
    expect(about(null)).toEqual({ withhold: 'missing_value: loyalty' });
  });
});

describe('a mail about a tier or a reward', () => {
  const none = { expiring: null, tier: null, rewards: [] };

  it('names only what the tier brings', () => {
    const tier = { name: 'Gold', multiplier: 1.25, points: 1_000, until: '2027-01-01' };
    const about = (change: object) =>
      plan({ templateKey: 'tier_up', loyalty: { ...none, tier: { ...tier, ...change } } });
    expect(about({})).toMatchObject({
      vars: { tier: { name: 'Gold', multiplier: '1,25', points: '1.000', until: '1. Januar 2027' } },
    });
    expect(about({ multiplier: 1, points: 0, until: null })).toMatchObject({
      vars: { tier: { name: 'Gold', multiplier: null, points: null, until: null } },
    });
  });

  it('is nothing when the tier or the points are gone', () => {
    expect(plan({ templateKey: 'tier_up', loyalty: none })).toEqual({ withhold: 'tier_lost' });
    expect(plan({ templateKey: 'reward_available', loyalty: none })).toEqual({ withhold: 'reward_lost' });
    expect(plan({ templateKey: 'reward_available', loyalty: null })).toHaveProperty('withhold');
  });

  it('has nothing of the programme in mails about something else', () => {
    expect(vars({ templateKey: 'win_back' })).not.toHaveProperty('tier');
  });
});

describe('a colour', () => {
  it.each([
    ['#2f6f4e', '#ffffff'],
    ['#000000', '#ffffff'],
    ['#ffd400', '#14181a'],
    ['#ffffff', '#14181a'],
  ])('%s carries text in %s', (color, text) => expect(readableOn(color)).toBe(text));
});

describe('trying again', () => {
  it('waits longer each time and ends', () => {
    const now = new Date('2026-05-04T10:00:00Z');
    const pauses = Array.from({ length: maxAttempts }, (_, index) => {
      const next = nextAttempt(index + 1, now);
      return next && (next.getTime() - now.getTime()) / 60_000;
    });
    expect(pauses).toEqual([1, 4, 16, 64, 256, 360, 360, null]);
  });

  it('does not send reminders days late', () => {
    const created = new Date('2026-05-04T10:00:00Z');
    const hours = (count: number) => new Date(created.getTime() + count * 3_600_000);
    expect(isTooLate('marketing', created, hours(72))).toBe(false);
    expect(isTooLate('marketing', created, hours(72.01))).toBe(true);
    expect(isTooLate('transactional', created, hours(500))).toBe(false);
  });
});
