import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { ensureAdvocates } from './ensure-advocates.server';

/**
 * The code of a person's referral link, made when it is asked for first. Idempotent, also at once. Throws `not_found` for a
 * customer who is not there.
 */
export async function ensureAdvocate(
  tx: Tx,
  { shopId, profileId, now }: { shopId: number; profileId: bigint; now: Date },
): Promise<{ code: string }> {
  const codes = await ensureAdvocates(tx, { shopId, profileIds: [profileId], now });
  const code = codes.get(profileId);
  if (code === undefined) throw notFound('customer');
  return { code };
}
