import type { TimelineInput } from './types';
import type { Tx } from '~/platform/db/index.server';

export async function recordTimeline(
  _tx: Tx,
  _input: { shopId: number; events: TimelineInput[] },
): Promise<void> {
  throw new Error('recordTimeline is being built');
}
