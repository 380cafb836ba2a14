import type { Tx } from '~/platform/db/index.server';
import type { SuppressionReason } from './types';

/** No mail ever again to this address. Idempotent; the first reason stays. */
export async function suppress(
  _tx: Tx,
  _input: { shopId: number; email: string; reason: SuppressionReason; now: Date },
): Promise<void> {
  throw new Error('not written yet');
}
