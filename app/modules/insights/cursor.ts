import { z } from 'zod';
import type { ListPage, PageCursor } from './types';

/** The place of a row in a list: what it is sorted by, then what makes it unique. */
export type Place = readonly [sortedBy: string, id: string];

export interface Reading {
  place: Place | null;
  /** Towards the start of the list instead of its end. */
  backwards: boolean;
}

const placeSchema = z.tuple([z.string(), z.string()]);

/** Where to read from. A cursor nobody gave out (an old link, a typing error) is the start of the list. */
export function readCursor(cursor: PageCursor, isPlace: (place: Place) => boolean): Reading {
  const text = cursor.before ?? cursor.after;
  const place = text === undefined ? null : decode(text);
  if (!place || !isPlace(place)) return { place: null, backwards: false };
  return { place, backwards: cursor.before !== undefined };
}

/**
 * A page out of `limit + 1` rows read from a place on, with the cursors before its first and after its last row. Rows read
 * backwards come in reverse order.
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  input: { limit: number; reading: Reading; place: (row: Row) => Place; item: (row: Row) => Item },
): ListPage<Item> {
  const { limit, reading, place, item } = input;
  const more = rows.length > limit;
  const shown = rows.slice(0, limit);
  if (reading.backwards) shown.reverse();
  const first = shown.at(0);
  const last = shown.at(-1);
  const hasPrevious = reading.backwards ? more : reading.place !== null;
  const hasNext = reading.backwards || more;
  return {
    items: shown.map(item),
    previous: hasPrevious && first !== undefined ? encode(place(first)) : null,
    next: hasNext && last !== undefined ? encode(place(last)) : null,
  };
}

/** For places of a time and an id. */
export function isTimeAndId([time, id]: Place): boolean {
  return !Number.isNaN(Date.parse(time)) && isId(id);
}

/** For places of a whole number and an id. */
export function isNumberAndId([number, id]: Place): boolean {
  return /^-?\d{1,18}$/.test(number) && isId(id);
}

function isId(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

function encode(place: Place): string {
  return btoa(JSON.stringify(place)); // ASCII: times, numbers and tokens
}

function decode(text: string): Place | null {
  try {
    return placeSchema.parse(JSON.parse(atob(text)));
  } catch {
    return null;
  }
}
