import { z } from 'zod';

/** What a page needs to know of its shop to write money and dates. */
export interface ShopView {
  domain: string;
  name: string;
  currency: string;
  timeZone: string;
  locale: string;
}

/** One page of a list. A cursor is opaque: give it back as `after` or `before`. */
export interface ListPage<T> {
  items: T[];
  previous: string | null;
  next: string | null;
}

/** Where in a list to read. Both absent: from the start. */
export interface PageCursor {
  after?: string;
  before?: string;
}

// The schemas of lists read the search part of a URL: what makes no sense there is left out, so that an old link still works.
const cursorSchema = z.string().max(500).optional().catch(undefined);
export const flagSchema = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .optional()
  .catch(undefined);

export const pageCursorSchema = z.object({ after: cursorSchema, before: cursorSchema });
