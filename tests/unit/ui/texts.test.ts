import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TimelineKind } from '~/modules/customers/types';
import { createFormat } from '~/ui/format';
import { t, word } from '~/ui/i18n';
import en from '~/ui/i18n/en.json';
import { timelineText } from '~/ui/timeline-text';

const format = createFormat({ currency: 'EUR', timeZone: 'UTC', locale: 'en' });

/** Every text with its key; the forms of a counted text are one. */
function texts(node: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(node)) {
    if (typeof value === 'string') found.set(`${prefix}${name.replace(/_(one|other)$/, '')}`, value);
    else for (const [key, text] of texts(value as object, `${prefix}${name}.`)) found.set(key, text);
  }
  return found;
}

function sources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
}

describe('the catalogue', () => {
  const code = sources('app/ui') + sources('app/routes');
  // t('a.b'), t(`a.${x}`) and word('a', x)
  const literal = new Set([...code.matchAll(/['"`]([a-zA-Z]+(?:\.\w+)+)['"`]/g)].map((match) => match[1]));
  const patterns = [...code.matchAll(/`([a-zA-Z]+\.[^`]*\$\{[^`]*)`/g)].map(
    (match) => new RegExp(`^${match[1]!.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '[\\w.]+')}$`),
  );
  const groups = [...code.matchAll(/word\('([\w.]+)'/g)].map((match) => `${match[1]}.`);

  it('has no text that nobody shows', () => {
    const unused = [...texts(en).keys()].filter(
      (key) =>
        !literal.has(key) &&
        !patterns.some((pattern) => pattern.test(key)) &&
        !groups.some((group) => key.startsWith(group)),
    );
    expect(unused).toEqual([]);
  });

  it('is plain: no markup, no emoji, no dashes for commas, no text longer than a few lines', () => {
    for (const [key, text] of texts(en)) {
      expect.soft(text, key).not.toMatch(/[<>—]|\p{Extended_Pictographic}/u);
      expect.soft(text.length, key).toBeLessThan(180);
    }
  });

  it('counts', () => {
    expect(t('common.points', { count: 1 })).toBe('1 point');
    expect(t('common.points', { count: 0 })).toBe('0 points');
    expect(t('customers.count', { count: 12_000 })).toBe('12,000 customers');
    for (const [key, text] of texts(en)) expect.soft(text, key).not.toContain('{{count}}'); // 12000
  });

  it('shows a value nobody has named yet rather than nothing', () => {
    expect(word('reason', 'quiet_hours')).toBe('It was within quiet hours');
    expect(word('reason', 'full_moon')).toBe('full moon');
    expect(word('template', 'abandoned_checkout.first')).toBe('Abandoned checkout, first');
  });
});

describe('the timeline', () => {
  // A kind without a line here does not compile.
  const happenings: Record<TimelineKind, [data: Record<string, string | number>, text: string]> = {
    order_placed: [{ orderName: '#1001', amount: '80.50', currency: 'EUR' }, 'Placed order #1001 (€80.50)'],
    order_cancelled: [{ orderName: '#1001' }, 'Order #1001 was cancelled'],
    order_refunded: [{ orderName: '#1001', amount: '10' }, 'Order #1001 was refunded (€10.00)'],
    order_fulfilled: [{ orderName: '#1001' }, 'Order #1001 was fulfilled'],
    cart_abandoned: [{ total: '12.00' }, 'Left a cart behind (€12.00)'],
    cart_recovered: [{}, 'Came back and ordered a cart left behind'],
    consent_changed: [
      { state: 'unsubscribed', source: 'one_click' },
      'E-mail consent: Unsubscribed (told by the unsubscribe button of their mail program)',
    ],
    email_sent: [{ templateKey: 'win_back' }, 'Was sent an e-mail: Win-back'],
    email_clicked: [
      { templateKey: 'abandoned_checkout.first' },
      'Clicked in an e-mail: Abandoned checkout, first',
    ],
    email_withheld: [
      { reason: 'too_late' },
      'Was not sent an e-mail: It would have come too late to be useful',
    ],
    email_bounced: [
      { reason: 'unknown_user' },
      'An e-mail came back: The mail server does not know this address',
    ],
    email_complained: [{ templateKey: 'win_back' }, 'Marked an e-mail as spam, and gets no more: Win-back'],
    points_adjusted: [{ points: -5 }, 'Points were adjusted by hand: -5'],
    points_expired: [{ points: 40 }, '40 points expired'],
    event_earned: [{ title: 'Write a review', points: 50 }, 'Earned 50 points: Write a review'],
    reward_redeemed: [{ title: '5 € off', points: 500 }, 'Redeemed 500 points for 5 € off'],
    reward_cancelled: [{ title: '5 € off', points: 500 }, 'Gave 5 € off back for 500 points'],
    referral_claimed: [{}, 'Claimed a friend’s offer'],
    referral_rewarded: [{ points: 500 }, 'Received 500 points for a friend’s order'],
    referral_taken_back: [{ points: -500 }, '500 points for a friend’s order were taken back'],
    profiles_merged: [{}, 'Merged with another profile'],
    flow_entered: [{ flowKey: 'win_back' }, 'Entered the flow Win-back'],
    flow_exited: [{ flowKey: 'win_back', reason: 'order_placed' }, 'Left the flow Win-back: Placed an order'],
  };

  it.each(Object.entries(happenings))('tells %s in plain words', (kind, [data, text]) => {
    expect(timelineText({ kind, data }, format)).toBe(text);
  });

  it('tells a kind it does not know, and one without its facts', () => {
    expect(timelineText({ kind: 'moon_landed', data: {} }, format)).toBe('moon landed');
    expect(timelineText({ kind: 'order_placed', data: { amount: 'free' } }, format)).toBe('Placed order ');
  });
});
