import { getProfile } from '~/modules/customers/index.server';
import type { Tx } from '~/platform/db/index.server';
import { newCode } from './new-code.server';

const codeLength = 8;

/**
 * The code of a person's referral link, made when it is asked for first. Idempotent, also at once. Throws `not_found` for a
 * customer who is not there.
 */
export async function ensureAdvocate(
  tx: Tx,
  input: { shopId: number; profileId: bigint; now: Date },
): Promise<{ code: string }> {
  const { shopId, profileId, now } = input;
  await getProfile(tx, { shopId, profileId });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const known = await tx.referralCode.findFirst({
      where: { shopId, profileId, main: true },
      select: { code: true },
    });
    if (known) return known;
    const row = { shopId, code: newCode(codeLength), profileId, createdAt: now };
    await tx.referralCode.createMany({ data: [row], skipDuplicates: true });
  }
  throw new Error(`no referral code for profile ${profileId} of shop ${shopId}`);
}
