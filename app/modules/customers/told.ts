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

/** Adds what Shopify told about a customer. A deletion says when, and nothing else. Nothing new gives `told` itself. */
export function tellFact(told: Told, fact: CustomerFact): Told {
  const at = fact.updatedAt.toISOString();
  if (fact.deleted) return withText(told, 'deletedAt', earlier(told.deletedAt, at));
  let known = told.fact ?? {};
  for (const name of factNames) {
    const value = fact[name];
    if (value !== undefined) known = withRegister(known, name, [at, value]);
  }
  let next = known === told.fact ? told : withoutNeedlessHints({ ...told, fact: known });
  next = withText(next, 'updatedAt', later(told.updatedAt, at));
  if (fact.createdAt)
    next = withText(next, 'createdAt', earlier(told.createdAt, fact.createdAt.toISOString()));
  return fact.tags ? withTags(next, tellTagList(told.tags ?? {}, at, fact.tags)) : next;
}

/**
 * Adds what an order, a checkout or a consent change said about its person in passing. Once Shopify has spoken on a point,
 * hints on it never matter again: they are not kept, which saves a write per order.
 */
export function tellHint(told: Told, person: PersonRef): Told {
  let known = told.hint ?? {};
  for (const name of hintNames) {
    const value = person[name];
    if (value == null || value === '' || told.fact?.[name]) continue;
    known = withRegister(known, name, [person.seenAt.toISOString(), value]);
  }
  return known === told.hint || Object.keys(known).length === 0 ? told : { ...told, hint: known };
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
  return withTags(told, withoutOldChanges({ ...told.tags, changes }));
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

function withoutNeedlessHints(told: Told): Told {
  const { hint, ...rest } = told;
  if (!hint) return told;
  const kept = hintNames.filter((name) => hint[name] && !told.fact?.[name]);
  if (kept.length === 0) return rest;
  return { ...rest, hint: Object.fromEntries(kept.map((name) => [name, hint[name]])) };
}

function withRegister<N extends string>(
  known: Partial<Record<N, Register>>,
  name: N,
  told: Register,
): Partial<Record<N, Register>> {
  const newest = newer(known[name], told);
  return newest === known[name] ? known : { ...known, [name]: newest };
}

function withText(told: Told, name: 'createdAt' | 'updatedAt' | 'deletedAt', text: string): Told {
  return told[name] === text ? told : { ...told, [name]: text };
}

function withTags(told: Told, tags: NonNullable<Told['tags']>): Told {
  const { list, changes } = told.tags ?? {};
  const isSame =
    JSON.stringify(list) === JSON.stringify(tags.list) && sameChanges(changes ?? {}, tags.changes ?? {});
  return isSame ? told : { ...told, tags };
}

type Changes = Record<string, [string, boolean]>;

function sameChanges(a: Changes, b: Changes): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
}

export function earlier(known: string | undefined, told: string): string {
  return known !== undefined && known < told ? known : told;
}

function later(known: string | undefined, told: string): string {
  return known !== undefined && known > told ? known : told;
}
