import { describe, expect, it } from 'vitest';
import { createAdminFormat, createFormat, formatMinutes, formatSpan } from '~/ui/format';

const german = createFormat({ currency: 'EUR', timeZone: 'Europe/Berlin', locale: 'de' });
const american = createFormat({ currency: 'USD', timeZone: 'America/New_York', locale: 'en-US' });

describe('money, numbers and times', () => {
  it('are written as the shop writes them', () => {
    expect(german.money('1234.5')).toBe('1.234,50 €');
    expect(american.money('1234.5')).toBe('$1,234.50');
    expect(american.money('99', 'JPY')).toBe('¥99');
    expect(german.percent(0.1234)).toBe('12,3 %');
    expect([german.rate('12.2575'), german.rate('15')]).toEqual(['12,2575 %', '15 %']);
    expect(german.signed(-5)).toBe('-5');
    expect(german.signed(5)).toBe('+5');
    expect(german.signed(0)).toBe('0');
  });

  it('are English in the admin, as its words are', () => {
    const shop = { currency: 'EUR', timeZone: 'Europe/Berlin' };
    const german = createAdminFormat({ ...shop, locale: 'de' });
    const british = createAdminFormat({ ...shop, locale: 'en-GB' });
    expect([german.money('1234.5'), german.number(1_250), german.country('DE')]).toEqual([
      '€1,234.50',
      '1,250',
      'Germany',
    ]);
    expect([german.date('2026-11-08T12:00:00Z'), british.date('2026-11-08T12:00:00Z')]).toEqual([
      'Nov 8, 2026',
      '8 Nov 2026',
    ]);
  });

  it('fall on the days of the shop', () => {
    expect(german.date('2026-11-08T23:30:00Z')).toContain('09');
    expect(american.date('2026-11-08T23:30:00Z')).toBe('Nov 8, 2026');
    expect(german.day('2026-11-08')).toContain('08'); // a day is a day, wherever it is read
    expect(american.day('2026-11-08')).toBe('Nov 8, 2026');
  });

  it('use plain spaces only, so that server and browser agree', () => {
    const texts = [german.money('1234.5'), american.dateTime('2026-11-08T23:30:00Z'), german.percent(0.5)];
    expect(texts.join('')).not.toMatch(/[\u00a0\u202f]/);
  });

  it('survive a locale, country or language nobody knows', () => {
    const odd = createFormat({ currency: 'EUR', timeZone: 'UTC', locale: 'not a locale' });
    expect(odd.money('1')).toContain('1');
    expect(odd.country('??')).toBe('??');
    expect(german.country('DE')).toBe('Deutschland');
  });
});

describe('spans', () => {
  it('are written in the largest unit that fits', () => {
    expect(formatMinutes(1_440)).toBe('1 day');
    expect(formatMinutes(180)).toBe('3 hours');
    expect(formatMinutes(90)).toBe('90 minutes');
    expect(formatMinutes(0)).toBe('0 minutes');
  });

  it('are rounded down to what one wants to know', () => {
    expect(formatSpan(30_000)).toBe('a moment');
    expect(formatSpan(5 * 60_000)).toBe('5 minutes');
    expect(formatSpan(200 * 60_000)).toBe('3 hours');
    expect(formatSpan(50 * 3_600_000)).toBe('2 days');
  });
});
