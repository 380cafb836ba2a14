import { Prisma, type Tx } from '~/platform/db/index.server';

const programmeOn = Prisma.sql`coalesce((SELECT enabled FROM referral_programmes p WHERE p.shop_id = s.id ORDER BY version DESC LIMIT 1), false)`;

const grounds: Record<string, Prisma.Sql> = {
  points_expiring: Prisma.sql`coalesce((SELECT mode <> 'never' FROM expiry_rules r WHERE r.shop_id = s.id ORDER BY version DESC LIMIT 1), false)`,
  tier_up: Prisma.sql`coalesce((SELECT enabled FROM tier_programmes p WHERE p.shop_id = s.id ORDER BY version DESC LIMIT 1), false)`,
  reward_available: Prisma.sql`EXISTS (SELECT 1 FROM rewards w WHERE w.shop_id = s.id AND w.enabled)`,
  referral_invitation: programmeOn,
  referral_welcome: programmeOn,
  referral_reward: programmeOn,
};

/** Whether a flow can ever take somebody in: points expire, there are tiers, there is a reward, the referral programme is on. Others always can. */
export async function hasFlowGround(tx: Tx, input: { shopId: number; flowKey: string }): Promise<boolean> {
  const ground = grounds[input.flowKey];
  if (!ground) return true;
  const rows = await tx.$queryRaw<{ there: boolean }[]>`
    SELECT ${ground} AS there FROM shops s WHERE s.id = ${input.shopId}`;
  return rows[0]?.there ?? false;
}
