/** Minutes after local midnight; `start` after `end` spans midnight. Equal means none. */
export interface QuietHours {
  start: number;
  end: number;
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the clock on the wall of `timeZone` stands in the quiet hours: from `start` up to, not including, `end`. */
export function isQuiet(at: Date, hours: QuietHours, timeZone: string): boolean {
  const minute = minuteOfDay(at, timeZone);
  if (hours.start <= hours.end) return minute >= hours.start && minute < hours.end;
  return minute >= hours.start || minute < hours.end;
}

/**
 * `at` when it is not in the quiet hours, otherwise the first full minute that is not. Only asks what the clock on the
 * wall shows, so nights in which it is turned need no rule of their own: a skipped end counts as reached when the clock
 * jumps over it, a doubled one the first time.
 */
export function afterQuietHours(at: Date, hours: QuietHours | null, timeZone: string): Date {
  if (!hours || hours.start === hours.end || !isQuiet(at, hours, timeZone)) return at;
  const from = Math.floor(at.getTime() / minuteMs);
  let quiet = from;
  let awake = from;
  // The wall clock may be turned on the way; what is left to the end then is asked again from there.
  do {
    quiet = awake;
    awake += minutesUntil(hours.end, new Date(awake * minuteMs), timeZone);
  } while (isQuiet(new Date(awake * minuteMs), hours, timeZone));
  while (awake - quiet > 1) {
    const middle = Math.floor((quiet + awake) / 2);
    if (isQuiet(new Date(middle * minuteMs), hours, timeZone)) quiet = middle;
    else awake = middle;
  }
  return new Date(awake * minuteMs);
}

function minutesUntil(minute: number, at: Date, timeZone: string): number {
  const left = (minute - minuteOfDay(at, timeZone) + dayMinutes) % dayMinutes;
  return left === 0 ? dayMinutes : left;
}

function minuteOfDay(at: Date, timeZone: string): number {
  let hour = 0;
  let minute = 0;
  for (const part of formatFor(timeZone).formatToParts(at)) {
    if (part.type === 'hour') hour = Number(part.value);
    if (part.type === 'minute') minute = Number(part.value);
  }
  return hour * 60 + minute;
}

/** Intl's formats are costly to make. A zone this runtime does not know (a shop can't choose one) counts as UTC. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
  formats.set(timeZone, format);
  return format;
}
