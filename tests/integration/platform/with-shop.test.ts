import { describe, expect, it, beforeAll } from 'vitest';
import { prisma, withShop } from '~/platform/db/index.server';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

describe('withShop', () => {
  const now = new Date('2026-05-01T10:00:00Z');

  beforeAll(async () => {
    await prisma().shop.createMany({
      data: ['one.myshopify.com', 'two.myshopify.com'].map((domain) => ({
        domain,
        installedAt: now,
        updatedAt: now,
      })),
    });
    for (const shopId of [1, 2]) {
      await withShop(shopId, (tx) =>
        tx.profile.create({ data: { shopId, firstSeenAt: now, email: `someone@${shopId}.example` } }),
      );
    }
  });

  it('shows only the rows of its shop, to raw SQL too', async () => {
    const rows = await withShop(1, (tx) => tx.$queryRaw<{ shop_id: number }[]>`SELECT shop_id FROM profiles`);
    expect(rows.map((row) => row.shop_id)).toEqual([1]);
  });

  it('refuses to write into another shop', async () => {
    await expect(
      withShop(1, (tx) => tx.profile.create({ data: { shopId: 2, firstSeenAt: now } })),
    ).rejects.toThrow(/row-level security/);
    const changed = await withShop(1, (tx) =>
      tx.profile.updateMany({ where: { shopId: 2 }, data: { firstName: 'x' } }),
    );
    expect(changed.count).toBe(0);
  });

  it('rolls everything back when the work throws', async () => {
    const attempt = withShop(1, async (tx) => {
      await tx.profile.create({ data: { shopId: 1, firstSeenAt: now } });
      throw new Error('stop');
    });
    await expect(attempt).rejects.toThrow('stop');
    expect(await withShop(1, (tx) => tx.profile.count())).toBe(1);
  });

  it('does not let two tenants meet on a small pool', async () => {
    const seen = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        withShop((index % 2) + 1, async (tx) => {
          const rows = await tx.$queryRaw<{ shop_id: number }[]>`SELECT shop_id FROM profiles`;
          return rows.every((row) => row.shop_id === (index % 2) + 1);
        }),
      ),
    );
    expect(seen.every(Boolean)).toBe(true);
  });
});
