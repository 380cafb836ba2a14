import type { Tx } from '~/platform/db/index.server';

/** Which of these addresses are suppressed. */
export async function listSuppressed(
  _tx: Tx,
  _input: { shopId: number; emails: string[] },
): Promise<Set<string>> {
  throw new Error('not written yet');
}
