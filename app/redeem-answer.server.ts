import { z } from 'zod';
import { clock } from '~/platform/clock.server';
import { readJson } from '~/platform/read-json.server';
import { shopperRedeemed } from '~/processes/shopper-redeemed.server';
import { refuse, type ShopperRequest } from '~/shopper.server';

const commandSchema = z.object({
  rewardId: z
    .string()
    .regex(/^\d{1,18}$/)
    .transform(BigInt),
  key: z.string().min(8).max(100),
  points: z.number().int().min(1).max(10_000_000).optional(),
});

interface Answer {
  status: number;
  body: object;
}

/**
 * A shopper redeems a reward: `POST {rewardId, key, points}` (`points` where the reward lets them choose), wherever they are; who
 * they are was proved before. `key` is made for one press of the button; sending it again answers the same. 200
 * `{status: 'ready', kind, code, title, value, expiresAt}` (`code` is null for store credit), or 202
 * `{status: 'preparing'}` when Shopify is slow: the code then follows by itself. Otherwise `{error, reason}`; throws what
 * `shopperRedeemed` throws.
 */
export async function answerRedeem(
  request: Request,
  { shopId, shopifyCustomerId }: ShopperRequest,
): Promise<Answer> {
  if (request.method !== 'POST') return refuse(405, 'method', 'Rewards are redeemed with POST.');
  const command = commandSchema.safeParse(await readJson(request));
  if (!command.success)
    return refuse(400, 'invalid', 'Say rewardId as digits and a key of 8 to 100 characters.');
  if (shopId === null) return refuse(404, 'off', 'This shop offers no rewards right now.');
  if (shopifyCustomerId === null) return refuse(403, 'guest', 'Sign in to redeem rewards.');
  const redemption = await shopperRedeemed({ ...command.data, shopId, shopifyCustomerId, now: clock.now() });
  if (redemption.state === 'reserved') return { status: 202, body: { status: 'preparing' } };
  if (redemption.state === 'unknown')
    return refuse(409, 'unclear', 'The shop has to look whether this was paid. Your points are set aside.');
  if (redemption.state !== 'confirmed')
    return refuse(409, 'spent', 'This code was used or given back already. Choose the reward again.');
  const { terms, expiresAt } = redemption;
  const { kind, title, value } = terms;
  const code = kind === 'store_credit' ? null : redemption.code;
  return { status: 200, body: { status: 'ready', kind, code, title, value, expiresAt } };
}
