import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterQuietHours, isQuiet } from '~/modules/messaging/quiet-hours';

const minute = 60_000;
const night = { start: 21 * 60, end: 8 * 60 };

function at(text: string): Date {
  return new Date(text);
}

describe('quiet hours', () => {
  it.each([
    ['2026-01-10T21:59:00Z', '2026-01-11T07:00:00.000Z'], // 22:59 in Berlin
    ['2026-01-11T06:59:59Z', '2026-01-11T07:00:00.000Z'], // a second before the end
    ['2026-01-11T07:00:00Z', '2026-01-11T07:00:00.000Z'], // the end itself is not quiet
    ['2026-01-11T12:34:56Z', '2026-01-11T12:34:56.000Z'], // the middle of the day, untouched
    ['2026-03-28T23:00:00Z', '2026-03-29T06:00:00.000Z'], // the night Berlin loses an hour
    ['2026-10-24T23:00:00Z', '2026-10-25T07:00:00.000Z'], // the night Berlin gains one
  ])('from %s mail may go at %s in Berlin', (from, to) => {
    expect(afterQuietHours(at(from), night, 'Europe/Berlin').toISOString()).toBe(to);
  });

  it('ends when the clock jumps over the end, and the first time when the end comes twice', () => {
    const untilHalfPastTwo = { start: 22 * 60, end: 2 * 60 + 30 };
    // 01:59 is followed by 03:00.
    expect(afterQuietHours(at('2026-03-29T00:10:00Z'), untilHalfPastTwo, 'Europe/Berlin')).toEqual(
      at('2026-03-29T01:00:00Z'),
    );
    // 02:30 in summer time, then again an hour later.
    expect(afterQuietHours(at('2026-10-25T00:10:00Z'), untilHalfPastTwo, 'Europe/Berlin')).toEqual(
      at('2026-10-25T00:30:00Z'),
    );
  });

  it('means none when start and end are equal, and UTC in a zone nobody knows', () => {
    expect(afterQuietHours(at('2026-01-01T00:00:00Z'), { start: 60, end: 60 }, 'UTC')).toEqual(
      at('2026-01-01T00:00:00Z'),
    );
    expect(afterQuietHours(at('2026-01-01T00:00:00Z'), night, 'Mars/Olympus')).toEqual(
      at('2026-01-01T08:00:00Z'),
    );
  });

  it('finds the first minute that is not quiet, in every zone and through every turn of the clock', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe', // turns by half an hour
      'Asia/Kathmandu', // 5:45 ahead
      'Pacific/Apia',
      'America/St_Johns',
      'UTC',
    ];
    const turns = [
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-10-04',
      '2026-10-25',
      '2026-11-01',
      '2026-06-15',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...turns),
        fc.integer({ min: -36 * 60, max: 36 * 60 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 20 * 60 }),
        (zone, day, shift, start, length) => {
          const hours = { start, end: (start + length) % 1440 };
          const from = at(`${day}T00:00:00Z`).getTime() + shift * minute;
          const found = afterQuietHours(new Date(from), hours, zone).getTime();
          expect(isQuiet(new Date(found), hours, zone)).toBe(false);
          for (let earlier = from; earlier < found; earlier += 5 * minute) {
            expect(isQuiet(new Date(earlier), hours, zone)).toBe(true);
          }
          if (found > from) expect(isQuiet(new Date(found - minute), hours, zone)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
