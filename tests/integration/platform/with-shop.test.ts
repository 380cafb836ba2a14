import { describe, expect, it, beforeAll } from 'vitest';
import { prisma, withShop, type Tx } from '~/platform/db/index.server';
import { isTransientDatabaseError } from '~/ingest/transient-error';
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

  it('does not say it is done when a statement failed and the work went on', async () => {
    const attempt = withShop(1, async (tx) => {
      await tx.profile.create({ data: { shopId: 1, firstSeenAt: now } });
      await tx.$queryRaw`SELECT 1 / 0`.catch(() => null);
    });
    await expect(attempt).rejects.toThrow('nothing of it was kept');
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

  it('is over with its work: what was kept of it answers to nobody, also while others work', async () => {
    const kept = await withShop(1, async (tx) => ({ tx, profiles: tx.profile, lazy: tx.profile.count() }));
    const expectNothing = async () => {
      await expect(kept.tx.$queryRaw`SELECT 1`).rejects.toThrow('has ended');
      await expect(kept.profiles.count()).rejects.toThrow('has ended');
      await expect(kept.lazy).rejects.toThrow('has ended');
      const where = { shopId_id: { shopId: 1, id: 1n } };
      await expect(kept.tx.profile.findUnique({ where })).rejects.toThrow('has ended');
    };
    await expectNothing();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let other = Promise.resolve();
    await new Promise<unknown>((begun) => {
      other = withShop(2, async (tx) => {
        begun(await tx.profile.count());
        await finished;
      });
    });
    await expectNothing();
    finish();
    await other;
  });

  it('ends for all parts of its work when one fails, whoever has the connection then', async () => {
    const laggards: Promise<unknown>[] = [];
    const failing = Array.from({ length: 20 }, () =>
      withShop(1, async (tx) => {
        const laggard = writeOften(tx);
        laggards.push(laggard.catch((error: unknown) => error));
        await Promise.all([laggard, tx.$queryRaw`SELECT 1 / 0`]);
      }),
    );
    const others = Array.from({ length: 100 }, () => withShop(2, (tx) => tx.profile.count()));
    const ends = await Promise.allSettled(failing);
    expect(ends.every((end) => end.status === 'rejected')).toBe(true);
    expect(new Set(await Promise.all(others))).toEqual(new Set([1]));
    for (const end of await Promise.all(laggards)) expect(end).toBeInstanceOf(Error);
    expect(await prisma().profile.count({ where: { firstName: 'laggard' } })).toBe(0);
  });

  it('rolls work back that takes too long, also while a statement runs', async () => {
    const slow = withShop(
      1,
      async (tx) => {
        await tx.profile.create({ data: { shopId: 1, firstSeenAt: now } });
        await tx.$queryRaw`SELECT pg_sleep(0.3)::text`;
        await tx.profile.create({ data: { shopId: 1, firstSeenAt: now } });
      },
      { timeoutMs: 100 },
    );
    await expect(slow).rejects.toThrow('took longer than 100 ms');
    expect(await withShop(1, (tx) => tx.profile.count())).toBe(1);
  });

  it('goes on after its connection was cut', async () => {
    const cut = withShop(1, async (tx) => {
      const [own] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await prisma().$queryRaw`SELECT pg_terminate_backend(${own?.pid ?? 0}::int)`;
      await tx.profile.create({ data: { shopId: 1, firstSeenAt: now } });
    });
    await expect(cut).rejects.toSatisfy(isTransientDatabaseError);
    expect(await withShop(1, (tx) => tx.profile.count())).toBe(1);
  });

  it('rolls back what Prisma writes in several statements', async () => {
    const people = Array.from({ length: 12_000 }, () => ({ shopId: 1, firstSeenAt: now, city: 'Berlin' }));
    const attempt = withShop(1, async (tx) => {
      await tx.profile.createMany({ data: people }); // more values than one statement takes
      expect(await tx.profile.count()).toBe(1 + people.length);
      throw new Error('stop');
    });
    await expect(attempt).rejects.toThrow('stop');
    expect(await withShop(1, (tx) => tx.profile.count())).toBe(1);
  });
});

/** Work of several statements that does not notice when its transaction ends. */
async function writeOften(tx: Tx): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) {
    await tx.profile.create({ data: { shopId: 1, firstSeenAt: new Date(), firstName: 'laggard' } });
    await new Promise(setImmediate);
  }
}
