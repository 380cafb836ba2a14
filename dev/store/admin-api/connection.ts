import { GraphQLError } from 'graphql';
import { z } from 'zod';
import type { ApiContext, Arguments, View } from './context';

const pageSchema = z.object({
  first: z.number().int().nullish(),
  last: z.number().int().nullish(),
  after: z.string().nullish(),
  before: z.string().nullish(),
  reverse: z.boolean().nullish(),
});

const MAX_PAGE = 250;

export function badRequest(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

interface Item {
  readonly id: bigint;
}

function cursorOf(item: Item): string {
  return Buffer.from(item.id.toString()).toString('base64');
}

/** A Shopify connection over items in their order; `view` makes the node of an item. */
export function connect<T extends Item>(
  api: ApiContext,
  type: string,
  args: Arguments,
  items: readonly T[],
  view: (item: T) => View,
): View {
  const page = pageSchema.parse(args);
  const ordered = page.reverse === true ? [...items].reverse() : [...items];
  const { slice, hasNextPage, hasPreviousPage } = api.bulk
    ? { slice: ordered, hasNextPage: false, hasPreviousPage: false }
    : cut(ordered, page);
  const nodes = slice.map(view);
  return {
    __typename: `${type}Connection`,
    nodes,
    edges: slice.map((item, index) => ({
      __typename: `${type}Edge`,
      cursor: cursorOf(item),
      node: nodes[index],
    })),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage,
      hasPreviousPage,
      startCursor: slice[0] === undefined ? null : cursorOf(slice[0]),
      endCursor: edgeCursor(slice.at(-1)),
    },
  };
}

function edgeCursor(item: Item | undefined): string | null {
  return item === undefined ? null : cursorOf(item);
}

function cut<T extends Item>(items: readonly T[], page: z.infer<typeof pageSchema>) {
  const size = page.first ?? page.last;
  if (size == null) throw badRequest('you must provide one of first or last');
  if (page.first != null && page.last != null)
    throw badRequest('providing both first and last is not supported');
  if (size > MAX_PAGE || size < 0)
    throw badRequest(`Argument '${page.first == null ? 'last' : 'first'}' must be between 0 and ${MAX_PAGE}`);
  const after = page.after == null ? -1 : positionOf(items, page.after);
  const before = page.before == null ? items.length : positionOf(items, page.before);
  const from = page.first == null ? Math.max(after + 1, before - size) : after + 1;
  const to = page.first == null ? before : Math.min(before, from + size);
  return { slice: items.slice(from, to), hasNextPage: to < items.length, hasPreviousPage: from > 0 };
}

function positionOf(items: readonly Item[], cursor: string): number {
  const position = items.findIndex((item) => cursorOf(item) === cursor);
  if (position < 0) throw badRequest('Invalid cursor for current pagination sort.');
  return position;
}
