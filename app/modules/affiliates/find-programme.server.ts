import type { Tx } from '~/platform/db/index.server';
import type { Programme } from './types';

/** The shop's programme; null while it has none. */
export async function findProgramme(tx: Tx, { shopId }: { shopId: number }): Promise<Programme | null> {
  const row = await tx.affiliateProgramme.findUnique({ where: { shopId } });
  if (!row) return null;
  const { token, title, intro, isOpen, minimumPayout } = row;
  return { token, title, intro, isOpen, minimumPayout: minimumPayout.toString() };
}
