import { ensurePool, findProgramme, updateProgramme } from '~/modules/referrals/index.server';
import { defaultProgramme, type ProgrammeTerms } from '~/modules/referrals/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { referralsDue } from '~/processes/referrals-due.server';
import { after, referralWorld } from './referrals';

/** A shop whose pool was filled before anybody claims. */
export async function poolWorld(terms: Partial<ProgrammeTerms> = {}) {
  const w = await referralWorld(terms);
  const { shopId, codes } = w;
  await prisma().referralPool.deleteMany({ where: { shopId } }); // of months ago
  await withShop(shopId, async (tx) => {
    const programme = await findProgramme(tx, { shopId });
    await ensurePool(tx, { shopId, programme: programme!, now: after(-2) });
  });
  /** Several at once share a clock, and it goes back when all are done. */
  const sweep = async (days: number, atOnce = 1) => {
    clock.moveTo(after(days).getTime() - Date.now());
    await Promise.all(Array.from({ length: atOnce }, () => referralsDue(shopId, codes)));
    clock.moveTo(0);
  };
  const change = (changes: Partial<ProgrammeTerms>, days: number) =>
    withShop(shopId, (tx) => {
      const changed = { ...defaultProgramme, enabled: true, ...terms, ...changes };
      return updateProgramme(tx, { shopId, terms: changed, now: after(days) });
    });
  const pools = () => prisma().referralPool.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
  const free = () => prisma().referralPoolCode.findMany({ where: { shopId, redeemId: { not: null } } });
  const inShopify = () =>
    [...codes.pools.values()].map((pool) => ({ active: pool.active, codes: pool.codes.size }));
  return { ...w, sweep, change, pools, free, inShopify };
}

/** The same, filled. */
export async function filledPool(terms: Partial<ProgrammeTerms> = {}) {
  const w = await poolWorld(terms);
  await w.sweep(-1);
  return w;
}
