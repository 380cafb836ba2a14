import type { Tx } from '~/platform/db/index.server';

export async function abandonDueCarts(
  _tx: Tx,
  _input: { shopId: number; now: Date; limit: number },
): Promise<{ token: string; profileId: bigint; abandonedAt: Date }[]> {
  throw new Error('abandonDueCarts is being built');
}
