import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { tierBases, tierSpans } from './tier-terms';
import type { TierProgramme } from './types';

const basis = z.enum(tierBases);
const span = z.enum(tierSpans);

/** Every version of the shop's tiers, oldest first; none when it never had any. */
export async function readTierProgrammes(tx: Tx, input: { shopId: number }): Promise<TierProgramme[]> {
  const rows = await tx.tierProgramme.findMany({
    where: { shopId: input.shopId },
    orderBy: { version: 'asc' },
    include: { tiers: true },
  });
  return rows.map(({ shopId: _shopId, tiers, ...row }) => ({
    ...row,
    basis: basis.parse(row.basis),
    span: span.parse(row.span),
    tiers: tiers
      .map(({ id, name, threshold, multiplier, entryPoints }) => ({
        id,
        name,
        threshold: decimal(threshold),
        multiplier: decimal(multiplier),
        entryPoints,
      }))
      .sort((a, b) => a.threshold.comparedTo(b.threshold) || a.id - b.id),
  }));
}
