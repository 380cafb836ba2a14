import type { Tx } from '~/platform/db/index.server';
import { newCode } from './new-code.server';

const codeLength = 8;
const attempts = 10; // a code somebody else has is drawn again

/**
 * The codes of these people's referral links, made where there was none, by person; whoever is not there, or was merged or
 * erased, has none. Set-wise. Idempotent, also at once.
 */
export async function ensureAdvocates(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<Map<bigint, string>> {
  const { shopId, now } = input;
  const codes = new Map<bigint, string>();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const without = input.profileIds.filter((id) => !codes.has(id));
    if (without.length === 0) return codes;
    const main = await tx.referralCode.findMany({
      where: { shopId, main: true, profileId: { in: without } },
    });
    for (const { profileId, code } of main) codes.set(profileId, code);
    const people = await lockPeople(
      tx,
      shopId,
      without.filter((id) => !codes.has(id)),
    );
    if (people.length === 0) return codes;
    const rows = people.map((profileId) => ({
      shopId,
      code: newCode(codeLength),
      profileId,
      createdAt: now,
    }));
    await tx.referralCode.createMany({ data: rows, skipDuplicates: true });
  }
  throw new Error(`no referral codes for people of shop ${shopId}`);
}

/** A merge or an erasure waits, so that nobody who is gone is given a code. */
async function lockPeople(tx: Tx, shopId: number, profileIds: bigint[]): Promise<bigint[]> {
  if (profileIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM profiles
    WHERE shop_id = ${shopId} AND id = ANY (${profileIds}::bigint[]) AND merged_into_id IS NULL AND redacted_at IS NULL
    ORDER BY id FOR SHARE`;
  return rows.map(({ id }) => id);
}
