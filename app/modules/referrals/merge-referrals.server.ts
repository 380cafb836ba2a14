import { Prisma, type Tx } from '~/platform/db/index.server';
import { claimKey } from './claim-key.server';

export interface MergeReferralsInput {
  shopId: number;
  merges: { fromProfileId: bigint; intoProfileId: bigint }[];
  moves: { kind: 'email' | 'phone'; value: string; fromProfileId: bigint; intoProfileId: bigint }[];
}

/**
 * Gives codes and referrals of merged people, as advocates and as friends, to the people they were merged into, and claims
 * made by an address to whose it is now. Every code keeps working. Idempotent. Follow with processes/settle-referrals: who
 * turns out to have referred themselves, or to have been referred before, is found there.
 */
export async function mergeReferrals(tx: Tx, { shopId, merges, moves }: MergeReferralsInput): Promise<void> {
  const byEmail = moves.filter(({ kind }) => kind === 'email');
  if (byEmail.length > 0) {
    const from = byEmail.map(({ fromProfileId }) => fromProfileId);
    const into = byEmail.map(({ intoProfileId }) => intoProfileId);
    const keys = byEmail.map(({ value }) => claimKey(shopId, value));
    await tx.$executeRaw`
      UPDATE referrals r SET friend_id = m.into_id
      FROM unnest(${from}::bigint[], ${into}::bigint[], ${keys}::text[]) AS m(from_id, into_id, key)
      WHERE r.shop_id = ${shopId} AND r.claim_key = m.key AND r.friend_id = m.from_id AND r.claim_key = ANY (${keys}::text[])`;
  }
  if (merges.length === 0) return;
  const from = merges.map(({ fromProfileId }) => fromProfileId);
  const into = merges.map(({ intoProfileId }) => intoProfileId);
  const merged = Prisma.sql`unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)`;
  await tx.$executeRaw`
    UPDATE referrals r SET friend_id = m.into_id FROM ${merged}
    WHERE r.shop_id = ${shopId} AND r.friend_id = m.from_id AND r.friend_id = ANY (${from}::bigint[])`;
  await tx.$executeRaw`
    UPDATE referrals r SET advocate_id = m.into_id FROM ${merged}
    WHERE r.shop_id = ${shopId} AND r.advocate_id = m.from_id AND r.advocate_id = ANY (${from}::bigint[])`;
  await tx.$executeRaw`
    INSERT INTO referral_devices (shop_id, profile_id, device_hash, seen_on)
    SELECT d.shop_id, m.into_id, d.device_hash, max(d.seen_on) FROM ${merged}
    JOIN referral_devices d ON d.shop_id = ${shopId} AND d.profile_id = m.from_id
    GROUP BY d.shop_id, m.into_id, d.device_hash
    ON CONFLICT DO NOTHING`;
  await tx.referralDevice.deleteMany({ where: { shopId, profileId: { in: from } } });
  await tx.$executeRaw`
    UPDATE referral_codes c SET profile_id = m.into_id, main = false FROM ${merged}
    WHERE c.shop_id = ${shopId} AND c.profile_id = m.from_id AND c.profile_id = ANY (${from}::bigint[])`;
  await tx.$executeRaw`
    UPDATE referral_codes c SET main = true
    FROM (SELECT DISTINCT ON (k.profile_id) k.code FROM referral_codes k
          WHERE k.shop_id = ${shopId} AND k.profile_id = ANY (${into}::bigint[]) AND NOT EXISTS (
            SELECT 1 FROM referral_codes m WHERE m.shop_id = k.shop_id AND m.profile_id = k.profile_id AND m.main)
          ORDER BY k.profile_id, k.created_at, k.code) first
    WHERE c.shop_id = ${shopId} AND c.code = first.code`;
}
