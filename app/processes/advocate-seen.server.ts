import { recordDevice } from '~/modules/referrals/index.server';
import { callerNetwork } from '~/platform/caller-network';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';

/**
 * A signed-in customer opened their account or the shop's pages: the browser of somebody with a referral link is remembered,
 * so that they are recognised when they claim their own offer (`same_device`). Idempotent.
 */
export async function advocateSeen(
  request: Request,
  { shopId, shopifyCustomerId }: { shopId: number; shopifyCustomerId: bigint },
): Promise<void> {
  const ip = callerNetwork(request.headers);
  const userAgent = request.headers.get('user-agent');
  if (ip === null || userAgent === null) return;
  const seen = { shopId, shopifyCustomerId, ip, userAgent, now: clock.now() };
  await withShop(shopId, (tx) => recordDevice(tx, seen));
}
