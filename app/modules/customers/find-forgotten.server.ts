import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { keyText, type Key } from './identity-claims';

/** What stays of an erased identity: nobody can read it, but the same id or address gives the same text again. */
export function tombstoneOf(key: Key): string {
  return keyedHash(`identity:${keyText(key)}`);
}

/** Those of the keys that belonged to erased people. */
export async function findForgotten(tx: Tx, input: { shopId: number; keys: Key[] }): Promise<Set<string>> {
  if (input.keys.length === 0) return new Set();
  const keyOf = new Map(input.keys.map((key) => [tombstoneOf(key), keyText(key)]));
  const rows = await tx.$queryRaw<{ value: string }[]>`
    SELECT value FROM profile_identities
    WHERE shop_id = ${input.shopId} AND kind = 'redacted' AND value = ANY(${[...keyOf.keys()]}::text[])`;
  return new Set(rows.flatMap(({ value }) => keyOf.get(value) ?? []));
}
