/**
 * The key of an entry names the happening (`earn_events`) whose points it moves: `action:<id>:<n>`, and where a merge moved
 * them `merge:<from>:<into>:event<id>:<n>`. For the database as well as for `eventOfKey`.
 */
export const eventKeyPattern = '^(?:action:|merge:[0-9]+:[0-9]+:event)([0-9]+):';

/** The happening whose points an entry moves, by the entry's key; null for all other entries. */
export function eventOfKey(key: string): string | null {
  return new RegExp(eventKeyPattern).exec(key)?.[1] ?? null;
}
