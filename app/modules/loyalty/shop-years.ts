const formats = new Map<string, Intl.DateTimeFormat>();
const minuteMs = 60_000;

/** The same moment of the year after, in UTC; a 29 February becomes the 1 March. */
export function addYear(at: Date): Date {
  const next = new Date(at);
  next.setUTCFullYear(at.getUTCFullYear() + 1);
  return next;
}

/** The year the calendar on the wall of `timeZone` shows. */
export function yearAt(at: Date, timeZone: string): number {
  return wall(at, timeZone).getUTCFullYear();
}

/** The first moment of a year in `timeZone`. */
export function startOfYear(year: number, timeZone: string): Date {
  const midnight = Date.UTC(year, 0, 1);
  // What the clock on the wall is ahead at that moment, asked twice because the first guess is off by as much.
  let start = midnight;
  for (let n = 0; n < 2; n += 1) start = midnight - aheadMs(new Date(start), timeZone);
  return new Date(start);
}

function aheadMs(at: Date, timeZone: string): number {
  const minute = Math.floor(at.getTime() / minuteMs) * minuteMs;
  return wall(new Date(minute), timeZone).getTime() - minute;
}

/** What the clock on the wall shows, as if it were UTC. */
function wall(at: Date, timeZone: string): Date {
  const parts = new Map(
    formatFor(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return new Date(Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')));
}

/** Intl's formats are costly to make. A zone this runtime does not know (a shop can't choose one) counts as UTC. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const digits = '2-digit' as const;
  const options = {
    year: 'numeric' as const,
    month: digits,
    day: digits,
    hour: digits,
    minute: digits,
    second: digits,
    hourCycle: 'h23' as const,
  };
  const created = createFormat(timeZone, options);
  formats.set(timeZone, created);
  return created;
}

function createFormat(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}
