import { z } from 'zod';
import type { CustomerFact, CustomerTagsFact, PersonRef } from './types';

/**
 * What was told about a person under one key (a Shopify id, an address, a number). Every part is a register that keeps
 * the newest value, so telling is indifferent to order and to repetition: two histories with the same facts end equal.
 */
const register = z.tuple([z.string(), z.string().nullable()]); // when (ISO), what
const factNames = ['email', 'phone', 'firstName', 'lastName', 'locale', 'country', 'city'] as const;
const hintNames = ['firstName', 'lastName', 'locale', 'country'] as const;

export const toldSchema = z.object({
  /** By Shopify, about the customer. */
  fact: z.partialRecord(z.enum(factNames), register).optional(),
  /** In passing, by an order or a checkout; only where Shopify said nothing. */
  hint: z.partialRecord(z.enum(hintNames), register).optional(),
  tags: z
    .object({
      list: z.tuple([z.string(), z.array(z.string())]).optional(),
      changes: z.record(z.string(), z.tuple([z.string(), z.boolean()])).optional(),
    })
    .optional(),
  createdAt: z.string().optional(),
  updatedAt: z.string().optional(),
  deletedAt: z.string().optional(),
});

export type Told = z.infer<typeof toldSchema>;
type Register = z.infer<typeof register>;

/** The newest wins; of two values told at the same moment the greater text, so that the order of arrival never matters. */
function newer(known: Register | undefined, told: Register): Register {
  if (!known) return told;
  if (told[0] !== known[0]) return told[0] > known[0] ? told : known;
  return (told[1] ?? '') > (known[1] ?? '') ? told : known;
}

/** Adds what Shopify told about a customer. A deletion says when, and nothing else. */
export function tellFact(told: Told, fact: CustomerFact): Told {
  const at = fact.updatedAt.toISOString();
  if (fact.deleted) return { ...told, deletedAt: earlier(told.deletedAt, at) };
  const known = { ...told.fact };
  for (const name of factNames) {
    const value = fact[name];
    if (value !== undefined) known[name] = newer(known[name], [at, value]);
  }
  const next: Told = { ...told, fact: known, updatedAt: later(told.updatedAt, at) };
  if (fact.createdAt) next.createdAt = earlier(told.createdAt, fact.createdAt.toISOString());
  if (fact.tags) next.tags = tellTagList(told.tags ?? {}, at, fact.tags);
  return withoutNeedlessHints(next);
}

/** Adds what an order, a checkout or a consent change said about its person in passing. */
export function tellHint(told: Told, person: PersonRef): Told {
  const at = person.seenAt.toISOString();
  const known = { ...told.hint };
  for (const name of hintNames) {
    const value = person[name];
    if (value != null && value !== '') known[name] = newer(known[name], [at, value]);
  }
  return withoutNeedlessHints({ ...told, hint: known });
}

/** Adds and removes single tags; for each tag the newest change counts, and none older than the newest whole list. */
export function tellTags(told: Told, fact: CustomerTagsFact): Told {
  const at = fact.occurredAt.toISOString();
  const changes = { ...told.tags?.changes };
  const change = (tag: string, added: boolean): void => {
    const known = changes[tag];
    if (!known || at > known[0] || (at === known[0] && added && !known[1])) changes[tag] = [at, added];
  };
  for (const tag of fact.removed) change(tag, false);
  for (const tag of fact.added) change(tag, true);
  return { ...told, tags: withoutOldChanges({ ...told.tags, changes }) };
}

/** The tags in force, sorted. */
export function currentTags(told: Told): string[] {
  const tags = new Set(told.tags?.list?.[1] ?? []);
  for (const [tag, [, added]] of Object.entries(told.tags?.changes ?? {})) {
    if (added) tags.add(tag);
    else tags.delete(tag);
  }
  return [...tags].sort();
}

/** The value to show among several keys of one person: what Shopify told first, then the newest hint. */
export function currentValue(
  name: (typeof hintNames)[number],
  canonical: Told | undefined,
  all: Told[],
): string | null {
  const fact = canonical?.fact?.[name];
  if (fact) return fact[1];
  let best: Register | undefined;
  for (const told of all) {
    const hint = told.hint?.[name];
    if (hint) best = newer(best, hint);
  }
  return best?.[1] ?? null;
}

function tellTagList(tags: NonNullable<Told['tags']>, at: string, list: string[]): NonNullable<Told['tags']> {
  const told: [string, string[]] = [at, [...new Set(list)].sort()];
  const known = tags.list;
  const newest =
    !known || at > known[0] || (at === known[0] && JSON.stringify(told[1]) > JSON.stringify(known[1]))
      ? told
      : known;
  return withoutOldChanges({ ...tags, list: newest });
}

function withoutOldChanges(tags: NonNullable<Told['tags']>): NonNullable<Told['tags']> {
  const { list, changes } = tags;
  if (!list || !changes) return tags;
  const kept = Object.entries(changes).filter(([, [at]]) => at > list[0]);
  return kept.length === 0 ? { list } : { list, changes: Object.fromEntries(kept) };
}

/** Once Shopify has spoken on a point, hints on it never matter again: not keeping them saves a write per order. */
function withoutNeedlessHints(told: Told): Told {
  const { hint, ...rest } = told;
  if (!hint) return told;
  const kept = hintNames.filter((name) => hint[name] && !told.fact?.[name]);
  if (kept.length === 0) return rest;
  return { ...rest, hint: Object.fromEntries(kept.map((name) => [name, hint[name]])) };
}

export function earlier(known: string | undefined, told: string): string {
  return known !== undefined && known < told ? known : told;
}

function later(known: string | undefined, told: string): string {
  return known !== undefined && known > told ? known : told;
}

export function sameTold(a: Told, b: Told): boolean {
  return a === b || stableText(a) === stableText(b);
}

/** JSON with the keys in order: the database gives them back in another one. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
