import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';

export interface Payable {
  affiliateId: bigint;
  currency: string;
  amount: string;
}

/** Who has as much to be paid as the shop's minimum, per currency. Nobody who was erased: there is nowhere to send it. */
export async function listPayable(tx: Tx, { shopId }: { shopId: number }): Promise<Payable[]> {
  const programme = await tx.affiliateProgramme.findUnique({ where: { shopId } });
  if (!programme) throw notFound('programme');
  const rows = await tx.affiliateAccount.findMany({
    where: {
      shopId,
      kind: 'payable',
      balance: { gt: 0, gte: programme.minimumPayout },
      affiliate: { is: { forgottenAt: null } },
    },
    orderBy: [{ currency: 'asc' }, { affiliateId: 'asc' }],
  });
  return rows.flatMap(({ currency, affiliateId, balance }) =>
    affiliateId === null || balance === null ? [] : [{ affiliateId, currency, amount: balance.toString() }],
  );
}
