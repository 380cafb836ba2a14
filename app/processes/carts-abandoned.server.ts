import { abandonDueCarts } from '~/modules/carts/index.server';
import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { enrol } from '~/modules/flows/index.server';
import type { Tx } from '~/platform/db/index.server';

/**
 * Time passed and nobody came back to these carts. A run per cart: who comes back, leaves again and is found abandoned
 * again goes on in the run they are in. Returns how many carts there were; call again while it returns `limit`.
 */
export async function cartsAbandoned(
  tx: Tx,
  input: { shopId: number; now: Date; limit: number },
): Promise<number> {
  const { shopId, now } = input;
  const carts = await abandonDueCarts(tx, input);
  await recordTimeline(tx, {
    shopId,
    events: carts.map(({ token, profileId, abandonedAt, total, currency }) => ({
      profileId,
      kind: 'cart_abandoned',
      key: `${token}:${abandonedAt.toISOString()}`,
      occurredAt: abandonedAt,
      data: { total, currency },
    })),
  });
  const entries = carts.map(({ token, profileId, abandonedAt }) => ({
    profileId,
    runKey: token,
    context: { cartToken: token },
    occurredAt: abandonedAt,
  }));
  await enrol(tx, { shopId, trigger: 'cart_abandoned', entries, now });
  await recomputeTraits(tx, { shopId, profileIds: carts.map(({ profileId }) => profileId), now });
  return carts.length;
}
