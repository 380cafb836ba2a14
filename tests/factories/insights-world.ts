import { Prisma, prisma, withShop } from '~/platform/db/index.server';

export const worldNow = new Date('2026-11-10T12:00:00Z');

/** Two shops that look alike, so that what belongs to one is missed at once when it shows in the other. */
export async function createTwoShops(): Promise<{ here: number; there: number }> {
  const shop = (domain: string, timeZone: string) =>
    prisma().shop.create({
      data: {
        domain,
        name: domain,
        currency: 'EUR',
        timeZone,
        locale: 'de',
        installedAt: worldNow,
        updatedAt: worldNow,
        status: 'active',
      },
    });
  const here = await shop('here.myshopify.com', 'Europe/Berlin');
  const there = await shop('there.myshopify.com', 'America/New_York');
  return { here: here.id, there: there.id };
}

export interface ProfileSeed {
  firstName?: string | null;
  lastName?: string | null;
  email?: string | null;
  tags?: string[];
  firstSeenAt?: Date;
  netSpend?: string;
  ordersCount?: number;
  lastOrderAt?: Date | null;
  pointsBalance?: number;
  emailState?: string;
  openCartToken?: string | null;
}

/** A profile with traits. */
export async function createProfile(shopId: number, seed: ProfileSeed = {}): Promise<bigint> {
  return withShop(shopId, async (tx) => {
    const profile = await tx.profile.create({
      data: {
        shopId,
        firstName: seed.firstName ?? null,
        lastName: seed.lastName ?? null,
        email: seed.email ?? null,
        tags: seed.tags ?? [],
        firstSeenAt: seed.firstSeenAt ?? worldNow,
      },
    });
    await tx.profileTraits.create({
      data: {
        shopId,
        profileId: profile.id,
        netSpend: seed.netSpend ?? '0',
        ordersCount: seed.ordersCount ?? 0,
        lastOrderAt: seed.lastOrderAt ?? null,
        pointsBalance: seed.pointsBalance ?? 0,
        emailState: seed.emailState ?? 'not_subscribed',
        openCartToken: seed.openCartToken ?? null,
      },
    });
    return profile.id;
  });
}

/** `count` people with made-up traits and many ties, in one statement. */
export async function seedProfiles(shopId: number, count: number): Promise<void> {
  await prisma().$executeRaw(Prisma.sql`
    WITH people AS (
      INSERT INTO profiles (shop_id, email, first_name, last_name, first_seen_at, tags)
      SELECT ${shopId}, 'person' || n || '@' || ${shopId}::int || '.example', 'First' || (n % 500), 'Last' || (n % 2000),
             ${worldNow}::timestamptz - make_interval(mins => n / 7),
             CASE WHEN n % 5000 = 0 THEN ARRAY['rare', 'vip'] WHEN n % 3 = 0 THEN ARRAY['vip'] ELSE '{}' END
      FROM generate_series(1, ${count}::int) n RETURNING id, first_seen_at)
    INSERT INTO profile_traits (shop_id, profile_id, orders_count, net_spend, last_order_at, points_balance, email_state, open_cart_token)
    SELECT ${shopId}, id, CASE WHEN id % 4 = 0 THEN 0 ELSE id % 9 END, CASE WHEN id % 4 = 0 THEN 0 ELSE (id % 300) * 1.25 END,
           CASE WHEN id % 4 = 0 THEN NULL ELSE first_seen_at END, CASE WHEN id % 50 = 0 THEN id % 700 ELSE 0 END,
           (ARRAY['subscribed', 'not_subscribed', 'unsubscribed'])[1 + id % 3], CASE WHEN id % 1000 = 0 THEN 'cart-' || id END
    FROM people`);
  await prisma().$executeRawUnsafe('ANALYZE profiles, profile_traits, profile_tags');
}
