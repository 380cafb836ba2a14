import type { Tx } from '~/platform/db/index.server';
import type { SignalInput } from './signal';

/** Writes down what Shopify Flow is to be told, in the transaction of its cause. One cause, one signal. */
export async function recordSignals(
  tx: Tx,
  { shopId, signals, now }: { shopId: number; signals: SignalInput[]; now: Date },
): Promise<void> {
  if (signals.length === 0) return;
  await tx.signal.createMany({
    data: signals.map(({ fields, ...signal }) => ({ shopId, ...signal, payload: fields, dueAt: now })),
    skipDuplicates: true,
  });
}
