import type { Tx } from '~/platform/db/index.server';
import type { Balance } from './types';

export interface AdjustPointsInput {
  shopId: number;
  profileId: bigint;
  points: number; // signed, not 0
  reason: string;
  staff: string;
  key: string; // of the form that was submitted: submitting it again changes nothing
  now: Date;
}

/** Adds or takes points by hand. */
export async function adjustPoints(tx: Tx, input: AdjustPointsInput): Promise<Balance> {
  throw new Error(`not written yet: ${tx.constructor.name} ${input.key}`);
}
