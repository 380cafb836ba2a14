import type { PersonRef } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function resolveProfiles(
  _tx: Tx,
  _input: { shopId: number; people: (PersonRef | null)[]; now: Date },
): Promise<(bigint | null)[]> {
  throw new Error('resolveProfiles is being built');
}
