import { beforeEach, describe, expect, it } from 'vitest';
import { drainInbox } from '~/ingest/drain.server';
import { inboxHealth } from '~/ingest/inbox-health.server';
import { purgeInbox } from '~/ingest/purge-inbox.server';
import { retryDeadLetter } from '~/ingest/retry-dead-letter.server';
import { droppedKey, sweepInbox } from '~/ingest/sweep-inbox.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { queue } from '~/platform/queue/queue.server';
import { announcedShops, createDeliveries, inboxRows } from '../../factories/deliveries';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const now = new Date('2026-05-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

async function createShop(domain: string, active = true): Promise<number> {
  const shop = await ensureShop(prisma(), { domain, now: minutesAgo(9_999) });
  if (active) await withShop(shop.id, (tx) => activateShop(tx, { shopId: shop.id, now: minutesAgo(9_999) }));
  return shop.id;
}

const edited = (shopDomain: string) => ({ topic: 'orders/edited', payload: {}, shopDomain });

beforeEach(async () => {
  await pool().query('TRUNCATE inbox_events, platform_state; DELETE FROM shops');
  await queue('ingest').drain();
});

describe('sweepInbox', () => {
  it('announces each shop with something due once', async () => {
    await createShop('one.myshopify.com');
    await createShop('two.myshopify.com');
    await createShop('later.myshopify.com');
    await createDeliveries([
      edited('one.myshopify.com'),
      edited('one.myshopify.com'),
      edited('two.myshopify.com'),
      edited('later.myshopify.com'),
    ]);
    await pool().query(
      "UPDATE inbox_events SET next_attempt_at = '2026-05-01T12:00:01Z' WHERE shop_domain LIKE 'later%'",
    );
    expect(await sweepInbox({ now })).toEqual({
      drained: ['one.myshopify.com', 'two.myshopify.com'],
      dropped: 0,
    });
    await sweepInbox({ now });
    expect(await announcedShops()).toEqual(['one.myshopify.com', 'two.myshopify.com']);
  });

  it('does not announce shops that are still being installed, unless for what is always processed', async () => {
    await createShop('new.myshopify.com', false);
    await createDeliveries([edited('new.myshopify.com')]);
    expect((await sweepInbox({ now })).drained).toEqual([]);
    await createDeliveries([{ topic: 'app/uninstalled', payload: {}, shopDomain: 'new.myshopify.com' }]);
    expect((await sweepInbox({ now })).drained).toEqual(['new.myshopify.com']);
  });

  it('drops and counts what is an hour old and of no shop', async () => {
    await createShop('one.myshopify.com', false);
    await createDeliveries(
      [edited('none.myshopify.com'), edited('none.myshopify.com'), edited('one.myshopify.com')],
      minutesAgo(61),
    );
    await createDeliveries([edited('none.myshopify.com')], minutesAgo(59));
    expect(await sweepInbox({ now })).toEqual({ drained: [], dropped: 2 });
    expect(await sweepInbox({ now })).toEqual({ drained: [], dropped: 0 });
    expect(await inboxRows('none.myshopify.com')).toHaveLength(1);
    await createDeliveries([edited('other.myshopify.com')], minutesAgo(61));
    await sweepInbox({ now });
    expect((await prisma().platformState.findUniqueOrThrow({ where: { key: droppedKey } })).value).toEqual({
      count: 3,
    });
  });

  it('has nothing to do on an empty inbox', async () => {
    expect(await sweepInbox({ now })).toEqual({ drained: [], dropped: 0 });
  });
});

describe('purgeInbox', () => {
  it('deletes what is older than 30 days, in any number', async () => {
    await createDeliveries(
      Array.from({ length: 5_001 }, () => edited('one.myshopify.com')),
      new Date('2026-04-01T11:59:59Z'),
    );
    await createDeliveries([edited('one.myshopify.com')], new Date('2026-04-01T12:00:01Z'));
    expect(await purgeInbox({ now })).toBe(5_001);
    expect(await purgeInbox({ now })).toBe(0);
    expect(await inboxRows()).toHaveLength(1);
  });
});

describe('retryDeadLetter', () => {
  it('gives a dead delivery all its tries again', async () => {
    const shopId = await createShop('one.myshopify.com');
    const [id] = await createDeliveries([{ topic: 'orders/create', payload: 'not json' }]);
    await drainInbox('one.myshopify.com');
    expect(await withShop(shopId, (tx) => retryDeadLetter(tx, { shopId, id: id!, now }))).toEqual({
      shopDomain: 'one.myshopify.com',
    });
    expect(await inboxRows()).toMatchObject([{ status: 'pending', attempts: 0, error: null }]);
    await expect(withShop(shopId, (tx) => retryDeadLetter(tx, { shopId, id: id!, now }))).rejects.toThrow(
      'not found',
    );
  });

  it('reaches nothing of another shop', async () => {
    await createShop('one.myshopify.com');
    const two = await createShop('two.myshopify.com');
    const [id] = await createDeliveries([{ topic: 'orders/create', payload: 'not json' }]);
    await drainInbox('one.myshopify.com');
    await expect(withShop(two, (tx) => retryDeadLetter(tx, { shopId: two, id: id!, now }))).rejects.toThrow(
      'not found',
    );
    expect(await inboxRows()).toMatchObject([{ status: 'dead' }]);
  });
});

describe('what Health shows', () => {
  it('counts what waits, how long and what is dead', async () => {
    expect(await inboxHealth({ now })).toEqual({ pending: 0, oldestSeconds: 0, dead: 0 });
    await createShop('one.myshopify.com');
    await createDeliveries(
      [{ topic: 'orders/create', payload: 'not json' }, edited('one.myshopify.com')],
      minutesAgo(5),
    );
    await drainInbox('one.myshopify.com');
    await createDeliveries([edited('one.myshopify.com'), edited('unknown.myshopify.com')], minutesAgo(2));
    await createDeliveries([edited('unknown.myshopify.com')], minutesAgo(50));
    expect(await inboxHealth({ now })).toEqual({ pending: 3, oldestSeconds: 120, dead: 1 });
  });
});
