import { describe, expect, it } from 'vitest';
import {
  answerAccount,
  answerShopper,
  answerStorefront,
  ensureEarnRule,
  getBalance,
  listAffordableRewards,
  listReachedRewards,
} from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { shopChanged } from '~/processes/shop-changed.server';
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

  it('is shown to no shopper, anywhere, until it is allowed', async () => {
    const { id: shopId } = await aShop();
    await withShop(shopId, (tx) => ensureEarnRule(tx, { shopId, now }));
    const profileId = await aMember(shopId, 1_200);
    const { shopifyCustomerId } = await prisma().profile.findFirstOrThrow({
      where: { shopId, id: profileId },
    });
    const card = await aReward(shopId, { kind: 'gift_card', value: '5', title: 'Card', points: 100 });
    await aReward(shopId, { kind: 'store_credit', value: '5', title: 'Credit', points: 200 });
    const code = await aReward(shopId, { title: 'Code', points: 300 });
    const allow = (minutes: number, scopes: string[]) =>
      withShop(shopId, (tx) =>
        shopChanged(tx, {
          shopId,
          now,
          facts: [{ scopes, occurredAt: new Date(now.getTime() + minutes * 60_000) }],
        }),
      );
    const shown = async () => {
      const shopper = { shopId, shopifyCustomerId: shopifyCustomerId ?? 0n, now };
      const order = { currency: 'EUR', total: '10', tax: '0', shipping: '0' };
      const [checkout, account, guest] = await Promise.all([
        answerShopper({ ...shopper, ...order }),
        answerAccount({ ...shopper, cursor: null }),
        answerStorefront({ ...shopper, shopifyCustomerId: null }),
      ]);
      const people = { shopId, profileIds: [profileId] };
      const [mail, reached] = await withShop(shopId, async (tx) => [
        await listAffordableRewards(tx, { ...people, limit: 9 }),
        await listReachedRewards(tx, people),
      ]);
      const titles = (answer: object) =>
        'rewards' in answer ? (answer.rewards as { title: string }[]).map(({ title }) => title).join() : '';
      return {
        checkout: titles(checkout),
        account: titles(account),
        guest: titles(guest),
        mail: (mail.get(profileId) ?? []).map(({ title }) => title).join(),
        reached: reached.map(({ rewardId }) => rewardId),
      };
    };
    const all = 'Card,Credit,Code';
    const told = { checkout: 'Code', account: all, guest: all, mail: 'Code,Credit,Card', reached: [card] };
    expect(await shown(), 'nothing is known of scopes').toEqual(told);
    await allow(1, ['write_discounts']);
    expect(await shown()).toEqual({
      checkout: 'Code',
      account: 'Code',
      guest: 'Code',
      mail: 'Code',
      reached: [code],
    });
    await allow(2, ['write_discounts', 'write_gift_cards', 'write_store_credit_account_transactions']);
    expect(await shown()).toEqual(told);
  });
});
