import { beforeEach, describe, expect, it } from 'vitest';
import { findBirthday, updateBirthday } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';
import { action } from '~/routes/api.shopper.birthday';
import { aProfile, aShop } from '../factories/loyalty';
import { shopperToken, signedIn } from '../factories/shopper';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

let shop: { id: number; domain: string };
let profileId = 0n;
let customer = 7_200_000_000_000n;

beforeEach(async () => {
  shop = await aShop();
  customer += 1n;
  profileId = await aProfile(shop.id, { shopifyCustomerId: customer });
});

async function tell(
  body: unknown,
  token: string | null = shopperToken(shop.domain, signedIn(customer)),
): Promise<[number, Record<string, unknown>]> {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (token !== null) headers.set('Authorization', `Bearer ${token}`);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request('https://perennial.test/api/shopper/birthday', {
    method: 'POST',
    headers,
    body: text,
  });
  const response = await action({ request, params: {}, context: {} });
  return [response.status, (await response.json()) as Record<string, unknown>];
}
const known = () => withShop(shop.id, (tx) => findBirthday(tx, { shopId: shop.id, profileId }));
const may10 = { month: 5, day: 10 };

describe('a birthday told by a shopper', () => {
  it('is kept once; another day is for the merchant to correct', async () => {
    expect(await tell(may10)).toEqual([200, { status: 'kept', birthday: may10 }]);
    expect((await tell(may10))[0]).toBe(200);
    expect(await tell({ month: 6, day: 1 })).toMatchObject([409, { reason: 'told_before' }]);
    expect(await known()).toEqual(may10);
    const corrected = { shopId: shop.id, profileId, birthday: { month: 6, day: 1 }, now: new Date() };
    await withShop(shop.id, (tx) => updateBirthday(tx, corrected));
    expect((await tell({ month: 6, day: 1 }))[0]).toBe(200);
  });

  it('told in ten ways at once is one of them, and the others hear so', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => tell({ month: 1, day: n + 1 }).then(([status]) => status)),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(1);
    expect(answers.filter((status) => status === 409)).toHaveLength(9);
  });

  it('is refused when it is none, of nobody, or of another shop’s customer', async () => {
    for (const wrong of [{ month: 2, day: 30 }, { month: '5', day: 1 }, {}, '{', null])
      expect((await tell(wrong))[0]).toBe(400);
    expect((await tell(may10, null))[0]).toBe(401);
    expect((await tell(may10, shopperToken(shop.domain, {})))[0]).toBe(403);
    const other = await aShop();
    expect((await tell(may10, shopperToken(other.domain, signedIn(customer))))[0]).toBe(404);
    expect(await known()).toBeNull();
  });
});
