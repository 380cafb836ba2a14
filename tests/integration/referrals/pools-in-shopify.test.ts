import { describe, expect, it, vi } from 'vitest';
import { prisma, withShop } from '~/platform/db/index.server';
import { ensurePool, findProgramme } from '~/modules/referrals/index.server';
import { discountsChanged } from '~/processes/discounts-changed.server';
import { referralsDue } from '~/processes/referrals-due.server';
import { referralClaimed } from '~/processes/referral-claimed.server';
import { aReferralShop } from '../../factories/referrals';
import { rewardTerms } from '../../factories/rewards';
import { useStoreOfCodes } from '../../factories/store-of-codes';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const store = useStoreOfCodes();
const now = new Date(Date.now() - 60_000);

describe('a discount with many codes in the store', () => {
  const pool = { code: 'F-FIRST', terms: rewardTerms({ title: 'Referral' }), startsAt: now, endsAt: null };
  const made = async () => {
    const codes = await store.codes();
    const answer = await codes.createPool({ ...pool, shopifyCustomerId: null, purpose: 'referral' });
    return { codes, discountId: 'discountId' in answer ? answer.discountId : 0n };
  };
  const added = async (w: Awaited<ReturnType<typeof made>>, wanted: string[]) => {
    const answer = await w.codes.addCodes(w.discountId, wanted);
    if (typeof answer !== 'object' || !('creationId' in answer)) throw new Error('not asked for');
    await vi.waitFor(async () =>
      expect(await w.codes.followCodes(answer.creationId)).toMatchObject({ done: true }),
    );
    const told = await w.codes.followCodes(answer.creationId);
    const [creation] = store.shop().codeCreations;
    creation!.done = false;
    expect(await w.codes.followCodes(creation!.id)).toEqual({ done: false });
    creation!.done = true;
    return told?.done ? told.codes : [];
  };

  it('each code works once, whoever used others, until it is taken out', async () => {
    const w = await made();
    const codes = await added(w, ['F-1', 'F-2', 'F-3']);
    expect(codes).toMatchObject([{ code: 'F-1', problem: null }, { code: 'F-2' }, { code: 'F-3' }]);
    const [customer, other] = store.shop().customers;
    expect(await store.buy(customer!.id, 'f-1')).toMatchObject({ code: 'F-1', amount: '5.00' });
    expect(await store.buy(other!.id, 'F-1')).toContain('used already');
    expect(await store.buy(other!.id, 'F-2')).toMatchObject({ code: 'F-2', amount: '5.00' });
    for (let run = 0; run < 2; run += 1) await w.codes.removeCode(w.discountId, codes[2]!.redeemId!);
    expect(await store.buy(customer!.id, 'F-3')).toContain('valid discount code');
    expect([...(await w.codes.listCodes(w.discountId)).keys()].sort()).toEqual(['F-1', 'F-2', 'F-FIRST']);
    await w.codes.disable(w.discountId);
    expect(await store.buy(customer!.id, 'F-2')).toContain('expired');
  });

  it('codes whose adding nobody noted are taken, and found with their numbers', async () => {
    const w = await made();
    const [first] = await added(w, ['F-1']);
    expect(await added(w, ['F-1', 'F-2'])).toMatchObject([
      { code: 'F-1', redeemId: null, problem: null },
      { code: 'F-2', redeemId: expect.any(BigInt) as bigint },
    ]);
    expect((await w.codes.listCodes(w.discountId)).get('F-1')).toBe(first!.redeemId);
  });

  it('says no in words about friends’ offers, and knows when it is gone', async () => {
    const { codes, discountId } = await made();
    expect(await codes.addCodes(1n, ['F-9'])).toBe('gone');
    expect(await codes.addCodes(discountId, [''])).toMatchObject({
      refused: expect.stringContaining('referral settings') as string,
    });
    await expect(codes.addCodes(discountId, Array<string>(251).fill('F-9'))).rejects.toThrow();
    expect(await codes.followCodes(1n)).toBeNull();
    expect(await codes.listCodes(1n)).toEqual(new Map());
    await codes.removeCode(1n, 1n);
    const terms = rewardTerms({ kind: 'percentage', value: '0' });
    const wanted = { ...pool, terms, code: 'F-8', shopifyCustomerId: null, purpose: 'referral' } as const;
    expect(await codes.create(wanted)).toMatchObject({
      refused: expect.stringContaining('what friends are offered') as string,
    });
  });

  it('a friend’s code out of the stock takes its amount off, once', async () => {
    const { shopId, code } = await aReferralShop({ minimumOrder: null });
    const codes = await store.codes();
    await prisma().referralPool.deleteMany({ where: { shopId } }); // of months ago
    await withShop(shopId, async (tx) => {
      const programme = await findProgramme(tx, { shopId });
      await ensurePool(tx, { shopId, programme: programme!, now });
    });
    await vi.waitFor(
      async () => {
        await prisma().referralPool.updateMany({ where: { shopId }, data: { nextAttemptAt: now } });
        await referralsDue(shopId, codes);
        expect(await prisma().referralPoolCode.count({ where: { redeemId: { not: null } } })).toBe(250);
      },
      { timeout: 10_000 },
    );
    const email = 'frida@friend.example';
    const visitor = { ip: null, userAgent: null, consentWording: null };
    const { offerCode, poolId } = await referralClaimed({
      shopId,
      code,
      email,
      ...visitor,
      codes,
      now: new Date(),
    });
    expect(poolId).not.toBeNull();
    const [customer, other] = store.shop().customers;
    expect(await store.buy(customer!.id, offerCode)).toMatchObject({ code: offerCode, amount: '10.00' });
    expect(await store.buy(other!.id, offerCode)).toContain('used already');
  });

  it('a friend who comes back after theirs was switched off has another, and the first can’t be switched on', async () => {
    const { shopId, code } = await aReferralShop();
    const codes = await store.codes();
    const claim = () =>
      referralClaimed({
        shopId,
        code,
        email: 'frida@friend.example',
        consentWording: null,
        ip: null,
        userAgent: null,
        now: new Date(),
        codes,
      });
    const { offerCode, discountId, poolId } = await claim();
    expect(poolId).toBeNull();
    await store.control(`/discounts/${discountId}`, { active: false });
    await withShop(shopId, (tx) =>
      discountsChanged(tx, { shopId, facts: [{ discountId: discountId! }], now: new Date() }),
    );
    await referralsDue(shopId, codes);
    const other = await claim();
    expect(other.offerCode).not.toBe(offerCode);
    expect((await store.control(`/discounts/${discountId}`, { active: true })).status).toBe(404);
    const [customer] = store.shop().customers;
    expect(await store.buy(customer!.id, offerCode)).toContain('valid discount code');
    expect(await store.buy(customer!.id, other.offerCode, 2)).toMatchObject({ code: other.offerCode });
  });
});
