import { describe, expect, it } from 'vitest';
import { getBalance } from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { aShop } from '../../factories/loyalty';
import { aMember, aReward, FakeCodes, rewardNow as now } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

describe('a kind the shop has not allowed', () => {
  it.each([
    [{ kind: 'gift_card', value: '5' }, 'write_gift_cards'],
    [{ kind: 'store_credit', value: '5' }, 'write_store_credit_account_transactions'],
    [{}, 'write_discounts'],
  ] as const)('is refused at once with what to do, and nothing is set aside: %o', async (terms, scope) => {
    const { id: shopId } = await aShop();
    const profileId = await aMember(shopId, 1_200);
    const rewardId = await aReward(shopId, terms);
    const codes = new FakeCodes();
    const redeem = (key: string) => rewardRedeemed({ shopId, profileId, rewardId, key, codes, now });
    const balance = async () =>
      (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;
    const allow = (scopes: string[]) => prisma().shop.update({ where: { id: shopId }, data: { scopes } });
    await allow(['read_orders']);
    await expect(redeem('a')).rejects.toMatchObject({
      code: 'invalid',
      reason: 'not_offered',
      userMessage: expect.stringContaining('has not allowed') as string,
    });
    expect([await balance(), codes.creations, codes.payments.length]).toEqual([1_200, 0, 0]);
    await allow(['read_orders', scope]);
    expect(await redeem('a')).toMatchObject({ state: 'confirmed' });
  });
});
