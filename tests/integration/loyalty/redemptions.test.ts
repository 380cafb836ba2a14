import { afterEach, describe, expect, it } from 'vitest';
import {
  confirmRedemption,
  getBalance,
  mergeLedger,
  mergeRedemptions,
  releaseRedemption,
  requestCancellation,
  reservePoints,
  updateReward,
} from '~/modules/loyalty/index.server';
import type { Redemption } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import type { AppError } from '~/platform/errors';
import { redemptionCancelled } from '~/processes/redemption-cancelled.server';
import { redemptionsFinished } from '~/processes/redemptions-finished.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { aShop, ledgerTotals } from '../../factories/loyalty';
import { aMember, aReward, FakeCodes, rewardNow as now, rewardTerms } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);

async function balance(shopId: number, profileId: bigint): Promise<number> {
  return (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;
}

async function reserved(shopId: number, profileId: bigint): Promise<number> {
  const account = await prisma().ledgerAccount.findFirst({ where: { shopId, profileId, kind: 'reserved' } });
  return Number(account?.balance ?? 0n);
}

const state = async (shopId: number, id: bigint): Promise<string> =>
  (await prisma().redemption.findFirstOrThrow({ where: { shopId, id } })).state;

async function refusal(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    return (error as AppError).userMessage;
  }
  throw new Error('was not refused');
}

async function world(points = 1_200, terms: Parameters<typeof aReward>[1] = {}) {
  const { id: shopId } = await aShop();
  const [profileId, rewardId] = [await aMember(shopId, points), await aReward(shopId, terms)];
  const codes = new FakeCodes();
  const command = { shopId, profileId, rewardId, staff: 'staff:7', now };
  return {
    shopId,
    profileId,
    rewardId,
    codes,
    redeem: (key: string, at = now) => rewardRedeemed({ ...command, key, codes, now: at }),
    reserve: (key: string) => withShop(shopId, (tx) => reservePoints(tx, { ...command, key })),
    cancel: ({ id }: Redemption, at = now) =>
      redemptionCancelled({ shopId, profileId, redemptionId: id, codes, now: at }),
    sweep: async (minutes: number) => {
      clock.moveTo(later(minutes).getTime() - Date.now());
      await redemptionsFinished(shopId, codes);
    },
  };
}

afterEach(async () => {
  clock.moveTo(0);
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  // What lies in the reserved accounts is what open redemptions hold, person by person.
  expect(
    await prisma().$queryRaw`
      SELECT a.shop_id, a.profile_id FROM ledger_accounts a
      WHERE a.kind = 'reserved' AND a.balance <> (SELECT coalesce(sum(held), 0) FROM redemptions d
        WHERE d.shop_id = a.shop_id AND d.profile_id = a.profile_id)`,
  ).toEqual([]);
});

describe('redeeming', () => {
  it('sets points aside, makes the code for that customer, and spends them', async () => {
    const { shopId, profileId, codes, redeem } = await world();
    const redemption = await redeem('a');
    expect(redemption).toMatchObject({ state: 'confirmed', points: 500, spent: 500, held: 0 });
    expect(await balance(shopId, profileId)).toBe(700);
    expect(await reserved(shopId, profileId)).toBe(0);
    const profile = await prisma().profile.findFirstOrThrow({ where: { id: profileId } });
    expect(codes.made.get(redemption.code)).toMatchObject({
      active: true,
      customer: profile.shopifyCustomerId,
    });
    const entries = await prisma().ledgerTransaction.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    expect(entries.map(({ kind }) => kind)).toEqual(['adjust', 'reserve', 'redeem']);
    expect(await prisma().timelineEvent.count({ where: { shopId, kind: 'reward_redeemed' } })).toBe(1);
    expect(redemption.expiresAt).toEqual(new Date('2026-05-31T10:00:00Z'));
  });

  it('has one effect when repeated, also 20 at once', async () => {
    const { shopId, profileId, codes, redeem } = await world();
    const all = await Promise.all(Array.from({ length: 20 }, () => redeem('once')));
    await redeem('once');
    expect(new Set(all.map(({ code }) => code)).size).toBe(1);
    expect(codes.creations).toBe(1);
    expect(await balance(shopId, profileId)).toBe(700);
  });

  it('refuses a key that was used for something else', async () => {
    const { shopId, redeem, codes, rewardId } = await world();
    await redeem('a');
    const other = await aMember(shopId, 900);
    const again = rewardRedeemed({ shopId, profileId: other, rewardId, key: 'a', codes, now });
    expect(await refusal(again)).toContain('already used');
    expect(await balance(shopId, other)).toBe(900);
  });

  it('200 at once of one balance give exactly what it allows', async () => {
    const { shopId, profileId, codes, redeem } = await world(1_700);
    const results = await Promise.allSettled(Array.from({ length: 200 }, (_, n) => redeem(`p-${n}`)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
    expect(codes.creations).toBe(3);
    expect(await balance(shopId, profileId)).toBe(200);
  });

  it('says what is missing', async () => {
    const { redeem } = await world(499);
    expect(await refusal(redeem('a'))).toBe('This reward costs 500 points; the customer has 499 points.');
  });

  it('keeps the limit per customer, at once too; a reward given back does not count', async () => {
    const { redeem, cancel } = await world(5_000, { perCustomerLimit: 2 });
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => redeem(`p-${n}`)));
    const had = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(had).toHaveLength(2);
    expect(await refusal(redeem('more'))).toContain('2 times');
    await cancel(had[0]!);
    expect((await redeem('again')).state).toBe('confirmed');
  });

  it('refuses what is off, what is not there, and who is not in Shopify', async () => {
    const { shopId, profileId, rewardId, redeem, reserve } = await world();
    await withShop(shopId, (tx) => updateReward(tx, { shopId, rewardId, enabled: false, now }));
    expect(await refusal(redeem('a'))).toContain('not offered');
    await withShop(shopId, (tx) => updateReward(tx, { shopId, rewardId, enabled: true, now }));
    await prisma().profile.updateMany({ where: { id: profileId }, data: { shopifyCustomerId: null } });
    expect(await refusal(reserve('b'))).toContain('customer account');
    const missing = withShop(shopId, (tx) =>
      reservePoints(tx, { shopId, profileId, rewardId: 999_999n, key: 'c', now }),
    );
    await expect(missing).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps the terms of its moment when the reward changes', async () => {
    const { shopId, rewardId, redeem } = await world();
    const first = await redeem('a');
    const terms = rewardTerms({ title: '6 € off', value: '6', points: 600 });
    await withShop(shopId, (tx) => updateReward(tx, { shopId, rewardId, terms, now }));
    expect(await redeem('a')).toMatchObject({ points: 500, terms: { title: '5 € off' }, code: first.code });
    expect(await redeem('b')).toMatchObject({ points: 600, terms: { title: '6 € off' } });
  });

  it('knows nothing of another shop', async () => {
    const [one, two] = [await world(), await world()];
    const codes = new FakeCodes();
    const mixed = { shopId: one.shopId, codes, now };
    await expect(
      rewardRedeemed({ ...mixed, profileId: one.profileId, rewardId: two.rewardId, key: 'x' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      rewardRedeemed({ ...mixed, profileId: two.profileId, rewardId: one.rewardId, key: 'x' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const theirs = await two.redeem('same');
    expect((await one.redeem('same')).state).toBe('confirmed');
    await expect(
      redemptionCancelled({ ...mixed, profileId: two.profileId, redemptionId: theirs.id }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('when something breaks', () => {
  it('Shopify says no: the points are back, and the merchant reads why', async () => {
    const { shopId, profileId, codes, redeem } = await world();
    codes.faults = [{ refused: 'The value is wrong.' }];
    expect(await refusal(redeem('a'))).toBe('The value is wrong. The points are back.');
    expect(await refusal(redeem('a'))).toBe('The value is wrong. The points are back.');
    expect(await balance(shopId, profileId)).toBe(1_200);
  });

  it('Shopify is silent: the points wait, and the sweep makes the code', async () => {
    const { shopId, profileId, codes, redeem, sweep } = await world();
    codes.faults = ['silent'];
    const { id, state: first } = await redeem('a');
    expect(first).toBe('reserved');
    expect([await balance(shopId, profileId), await reserved(shopId, profileId)]).toEqual([700, 500]);
    await sweep(2);
    expect(await state(shopId, id)).toBe('confirmed');
    expect(codes.creations).toBe(1);
  });

  it('the answer is lost: the sweep finds the code and makes no second one', async () => {
    const { shopId, codes, redeem, sweep } = await world();
    codes.faults = ['lost'];
    const { id } = await redeem('a');
    await sweep(2);
    expect(await state(shopId, id)).toBe('confirmed');
    expect(codes.creations).toBe(1);
  });

  it('death after reserving: finished once, by sweeps at once and the repeated command', async () => {
    const { shopId, profileId, codes, reserve, redeem, sweep } = await world();
    const { id } = await reserve('a');
    await sweep(0);
    expect(await state(shopId, id)).toBe('reserved'); // whoever asked may still be at it
    await Promise.all([sweep(2), sweep(2), redeem('a')]);
    expect(await state(shopId, id)).toBe('confirmed');
    expect(codes.creations).toBe(1);
    expect(await balance(shopId, profileId)).toBe(700);
  });

  it('death after the code was made', async () => {
    const { shopId, profileId, codes, reserve, sweep } = await world();
    const { id, code, terms } = await reserve('a');
    await codes.create({ code, terms, shopifyCustomerId: 1n, startsAt: now, endsAt: null });
    await sweep(2);
    expect(await state(shopId, id)).toBe('confirmed');
    expect(codes.creations).toBe(1);
    expect(await balance(shopId, profileId)).toBe(700);
    await sweep(10);
    expect(await balance(shopId, profileId)).toBe(700);
  });

  it('silence for a day: the points are back', async () => {
    const { shopId, profileId, codes, reserve, sweep } = await world();
    const { id } = await reserve('a');
    codes.faults = Array<'silent'>(50).fill('silent');
    for (const minutes of [2, 10, 60, 25 * 60]) await sweep(minutes);
    expect(await state(shopId, id)).toBe('released');
    expect(await balance(shopId, profileId)).toBe(1_200);
  });

  it('a code made by one while another gave up does not work', async () => {
    const { shopId, codes, reserve, redeem } = await world();
    const { id, code } = await reserve('a');
    const create = codes.create.bind(codes);
    codes.create = async (wanted) => {
      const answer = await create(wanted);
      await withShop(shopId, (tx) => releaseRedemption(tx, { shopId, redemptionId: id, error: 'Off.', now }));
      return answer;
    };
    expect(await refusal(redeem('a'))).toContain('Off.');
    expect(codes.made.get(code)?.active).toBe(false);
  });

  it('a customer who is erased meanwhile gets no code', async () => {
    const { shopId, profileId, codes, reserve, sweep } = await world();
    const { id } = await reserve('a');
    await prisma().profile.updateMany({ where: { id: profileId }, data: { shopifyCustomerId: null } });
    await sweep(2);
    expect(await state(shopId, id)).toBe('released');
    expect(codes.creations).toBe(0);
  });

  it('confirming and releasing are done once, whoever is first', async () => {
    const { shopId, profileId, reserve } = await world();
    const { id: redemptionId } = await reserve('a');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        withShop(shopId, (tx) =>
          n % 2
            ? confirmRedemption(tx, { shopId, redemptionId, discountId: 5n, now })
            : releaseRedemption(tx, { shopId, redemptionId, error: 'no', now }),
        ),
      ),
    );
    const end = await state(shopId, redemptionId);
    expect(await balance(shopId, profileId)).toBe(end === 'confirmed' ? 700 : 1_200);
  });
});

describe('giving an unused reward back', () => {
  it('disables the code and gives the points back, once', async () => {
    const { shopId, profileId, codes, redeem, cancel } = await world();
    const redemption = await redeem('a');
    await Promise.all(Array.from({ length: 10 }, () => cancel(redemption)));
    expect((await cancel(redemption)).state).toBe('cancelled');
    expect(codes.made.get(redemption.code)?.active).toBe(false);
    expect(await balance(shopId, profileId)).toBe(1_200);
    expect(await prisma().timelineEvent.count({ where: { shopId, kind: 'reward_cancelled' } })).toBe(1);
  });

  it('finishes by itself after a death, and after silence', async () => {
    const { shopId, profileId, codes, redeem, cancel, sweep } = await world();
    const [one, two] = [await redeem('a'), await redeem('b')];
    await withShop(shopId, (tx) => requestCancellation(tx, { shopId, profileId, redemptionId: one.id, now }));
    codes.faults = ['lost'];
    await expect(cancel(two)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await balance(shopId, profileId)).toBe(200);
    await sweep(2);
    expect([await state(shopId, one.id), await state(shopId, two.id)]).toEqual(['cancelled', 'cancelled']);
    expect(await balance(shopId, profileId)).toBe(1_200);
  });

  it('gives nothing back when Shopify says an order has used it', async () => {
    const { shopId, profileId, codes, redeem, cancel } = await world();
    const redemption = await redeem('a');
    codes.made.get(redemption.code)!.uses = 1;
    expect(await refusal(cancel(redemption))).toContain('order has just used');
    expect(await balance(shopId, profileId)).toBe(700);
  });

  it('refuses while the code is being made, and on another customer’s page', async () => {
    const { shopId, reserve, cancel, codes } = await world();
    const redemption = await reserve('a');
    expect(await refusal(cancel(redemption))).toContain('still being made');
    const other = await aMember(shopId, 0);
    await expect(
      redemptionCancelled({ shopId, profileId: other, redemptionId: redemption.id, codes, now }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('merging people', () => {
  it('takes the redemptions along in any state, also while they are worked on', async () => {
    const { shopId, profileId, redeem, reserve, sweep } = await world(2_000);
    const survivor = await aMember(shopId, 10);
    await redeem('a');
    const { id } = await reserve('b');
    const merges = [{ fromProfileId: profileId, intoProfileId: survivor }];
    const merge = () =>
      withShop(shopId, async (tx) => {
        await mergeLedger(tx, { shopId, merges, now });
        await mergeRedemptions(tx, { shopId, merges });
      });
    await Promise.all([merge(), sweep(2), merge()]);
    expect(await state(shopId, id)).toBe('confirmed');
    expect([await balance(shopId, profileId), await balance(shopId, survivor)]).toEqual([0, 1_010]);
    expect(await prisma().redemption.count({ where: { shopId, profileId: survivor } })).toBe(2);
    expect(await reserved(shopId, survivor)).toBe(0);
  });
});

describe('a code that ended', () => {
  const days = (count: number): Date => later(count * 24 * 60);
  const sweep = async (shopId: number, codes: FakeCodes, at: Date): Promise<void> => {
    clock.moveTo(at.getTime() - Date.now());
    await redemptionsFinished(shopId, codes);
  };

  it('unused gives its points back by itself, a day later, once, all with one question to Shopify', async () => {
    const { shopId, profileId, codes, redeem } = await world();
    const [one, two] = [await redeem('a'), await redeem('b')];
    await sweep(shopId, codes, days(30.5));
    expect([await balance(shopId, profileId), codes.inspections]).toEqual([200, 0]);
    await Promise.all([sweep(shopId, codes, days(31.1)), sweep(shopId, codes, days(31.1))]);
    expect([await balance(shopId, profileId), codes.inspections]).toEqual([1_200, 1]);
    await sweep(shopId, codes, days(40)); // whether they are on again
    expect([await balance(shopId, profileId), codes.inspections]).toEqual([1_200, 2]);
    expect([await state(shopId, one.id), await state(shopId, two.id)]).toEqual(['cancelled', 'cancelled']);
    expect(await prisma().timelineEvent.count({ where: { shopId, kind: 'reward_cancelled' } })).toBe(2);
  });

  it('that Shopify says was used stays spent, also when its order never comes', async () => {
    const { shopId, profileId, codes, redeem } = await world();
    const { id, code } = await redeem('a');
    codes.made.get(code)!.uses = 1;
    await sweep(shopId, codes, days(32));
    await sweep(shopId, codes, days(60));
    expect([await balance(shopId, profileId), await state(shopId, id)]).toEqual([700, 'confirmed']);
    expect(codes.inspections).toBe(1);
  });

  it('whose end the merchant put off in Shopify ends then, also when nobody told of it', async () => {
    const { shopId, profileId, codes, redeem } = await world();
    const { id, code } = await redeem('a');
    codes.made.get(code)!.endsAt = days(33);
    await sweep(shopId, codes, days(32));
    const row = await prisma().redemption.findFirstOrThrow({ where: { shopId, id } });
    expect(row.expiresAt).toEqual(days(33));
    await sweep(shopId, codes, days(33.9));
    expect(await balance(shopId, profileId)).toBe(700);
    await sweep(shopId, codes, days(34.1));
    expect(await balance(shopId, profileId)).toBe(1_200);
  });

  it('waits while Shopify is silent, and knows nothing of another shop', async () => {
    const { shopId, profileId, codes, redeem } = await world();
    const other = await world();
    await redeem('a');
    await other.redeem('a');
    codes.faults = ['silent'];
    await sweep(shopId, codes, days(32));
    expect(await balance(shopId, profileId)).toBe(700);
    await sweep(shopId, codes, days(32.1));
    expect(await balance(shopId, profileId)).toBe(1_200);
    expect(await balance(other.shopId, other.profileId)).toBe(700);
  });

  it('without an end stays', async () => {
    const { shopId, profileId, codes, redeem } = await world(1_200, { validityDays: null });
    await redeem('a');
    await sweep(shopId, codes, days(3_000));
    expect(await balance(shopId, profileId)).toBe(700);
  });
});
