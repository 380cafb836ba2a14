import { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drainInbox } from '~/ingest/drain.server';
import { ensureShop, activateShop, getShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { createDeliveries, inboxRows } from '../../factories/deliveries';
import { useTestDatabase } from '../../setup/database';

const database = useTestDatabase();
const domain = 'one.myshopify.com';
const installedAt = new Date('2026-04-01T00:00:00Z');
let shopId = 0;

const named = (name: string, updatedAt = '2026-05-01T10:00:00Z') => ({
  topic: 'shop/update',
  payload: { name, updated_at: updatedAt },
});
const shopName = async (id = shopId) => (await withShop(id, (tx) => getShop(tx, { shopId: id }))).name;
const statuses = async (shop = domain) => (await inboxRows(shop)).map(({ status }) => status);

/** Minutes after now, for what waits until then. */
function minutesLater(minutes: number): void {
  clock.moveTo(clock.offset() + minutes * 60_000);
}

beforeAll(async () => {
  // What a process refuses, without touching the processes: a shop may not be called "poison".
  await pool().query(`
    CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.name LIKE 'poison%' THEN RAISE EXCEPTION 'refused: write to someone@example.com'; END IF; RETURN NEW; END $$;
    CREATE TRIGGER refuse_poison BEFORE UPDATE ON shops FOR EACH ROW EXECUTE FUNCTION refuse_poison()`);
});

beforeEach(async () => {
  await pool().query('TRUNCATE inbox_events; DELETE FROM shops');
  clock.moveTo(0);
  const shop = await ensureShop(prisma(), { domain, now: installedAt });
  shopId = shop.id;
  await withShop(shopId, (tx) => activateShop(tx, { shopId, now: installedAt }));
});

afterEach(() => clock.moveTo(0));

describe('drainInbox', () => {
  it('processes what is there and marks it done; a second run finds nothing', async () => {
    await createDeliveries([
      named('Nordlys'),
      { topic: 'orders/edited', payload: {} },
      { topic: 'themes/publish', payload: {} },
    ]);
    expect(await drainInbox(domain)).toEqual({ processed: 3 });
    expect(await shopName()).toBe('Nordlys');
    expect(await statuses()).toEqual(['done', 'done', 'ignored']);
    expect(await drainInbox(domain)).toEqual({ processed: 0 });
  });

  it('takes a domain in any case', async () => {
    await createDeliveries([named('Nordlys')]);
    expect(await drainInbox('ONE.myshopify.com')).toEqual({ processed: 1 });
  });

  it('goes on until nothing is left, over many batches', async () => {
    await createDeliveries(Array.from({ length: 1_203 }, () => ({ topic: 'orders/edited', payload: {} })));
    expect(await drainInbox(domain)).toEqual({ processed: 1_203 });
    expect(new Set(await statuses())).toEqual(new Set(['done']));
  });

  it('takes large bodies in portions', async () => {
    const large = { text: 'x'.repeat(3 * 1024 * 1024) };
    await createDeliveries(Array.from({ length: 12 }, () => ({ topic: 'orders/edited', payload: large })));
    expect(await drainInbox(domain)).toEqual({ processed: 12 });
  });

  it('lets newer facts win in whatever order they came', async () => {
    await createDeliveries([named('new', '2026-05-02T00:00:00Z'), named('old', '2026-05-01T00:00:00Z')]);
    await drainInbox(domain);
    await createDeliveries([named('oldest', '2026-04-30T00:00:00Z')]);
    await drainInbox(domain);
    expect(await shopName()).toBe('new');
  });

  it('leaves deliveries of an unknown shop alone', async () => {
    await createDeliveries([{ ...named('x'), shopDomain: 'unknown.myshopify.com' }]);
    expect(await drainInbox('unknown.myshopify.com')).toEqual({ processed: 0 });
    expect(await statuses('unknown.myshopify.com')).toEqual(['pending']);
  });

  it('waits until the install is complete, except for what is always processed', async () => {
    const shop = await ensureShop(prisma(), { domain: 'new.myshopify.com', now: installedAt });
    await createDeliveries([{ ...named('early'), shopDomain: shop.domain }]);
    expect(await drainInbox(shop.domain)).toEqual({ processed: 0 });
    expect(await statuses(shop.domain)).toEqual(['pending']);

    await withShop(shop.id, (tx) => activateShop(tx, { shopId: shop.id, now: installedAt }));
    expect(await drainInbox(shop.domain)).toEqual({ processed: 1 });
    expect(await shopName(shop.id)).toBe('early');
  });

  it('keeps shops apart', async () => {
    const two = await ensureShop(prisma(), { domain: 'two.myshopify.com', now: installedAt });
    await withShop(two.id, (tx) => activateShop(tx, { shopId: two.id, now: installedAt }));
    await createDeliveries([
      named('One'),
      { ...named('Two'), shopDomain: two.domain },
      { ...named('poison'), shopDomain: two.domain },
    ]);
    await Promise.all([drainInbox(domain), drainInbox(two.domain)]);
    expect([await shopName(), await shopName(two.id)]).toEqual(['One', 'Two']);
    expect(await statuses()).toEqual(['done']);
    expect(await statuses(two.domain)).toEqual(['done', 'pending']);
  });

  it('does each delivery once when several drains run at once', async () => {
    await createDeliveries(Array.from({ length: 900 }, (_, index) => named(`name ${index}`)));
    const results = await Promise.all(Array.from({ length: 5 }, () => drainInbox(domain)));
    expect(results.reduce((sum, { processed }) => sum + processed, 0)).toBe(900);
    expect(new Set(await statuses())).toEqual(new Set(['done']));
  });
});

describe('what fails', () => {
  it('stands alone among 200, the others go through', async () => {
    await createDeliveries(
      Array.from({ length: 200 }, (_, index) =>
        index === 137 ? named('poison') : { topic: 'orders/edited', payload: {} },
      ),
    );
    expect(await drainInbox(domain)).toEqual({ processed: 200 });
    const rows = await inboxRows();
    expect(rows.filter(({ status }) => status === 'done')).toHaveLength(199);
    expect(rows[137]).toMatchObject({ status: 'pending', attempts: 1 });
    expect(rows[137]?.error).toContain('refused');
    expect(rows[137]?.error).not.toContain('someone@example.com');
  });

  it('waits 2^n times 5 seconds and is dead after the eighth try', async () => {
    await createDeliveries([named('poison')]);
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const now = clock.now().getTime();
      expect(await drainInbox(domain)).toEqual({ processed: 1 });
      expect(await drainInbox(domain)).toEqual({ processed: 0 });
      const [row] = await inboxRows();
      waits.push(Math.round((row!.next_attempt_at.getTime() - now) / 5_000));
      expect(row).toMatchObject({ attempts: attempt, status: attempt === 8 ? 'dead' : 'pending' });
      minutesLater(30);
    }
    expect(waits.slice(0, 7)).toEqual([2, 4, 8, 16, 32, 64, 128]);
    expect(await drainInbox(domain)).toEqual({ processed: 0 });
  });

  it('goes through later when the cause is gone', async () => {
    await createDeliveries([named('poison')]);
    await drainInbox(domain);
    await pool().query("UPDATE inbox_events SET body = replace(body, 'poison', 'cured')");
    minutesLater(1);
    await drainInbox(domain);
    expect(await statuses()).toEqual(['done']);
    expect(await shopName()).toBe('cured');
  });

  it('is dead at once when it cannot be read, and costs the others nothing', async () => {
    await createDeliveries([
      { topic: 'orders/create', payload: '{"id": 1' },
      named('Nordlys'),
      { topic: 'shop/update', payload: '[1]' },
      { topic: 'orders/create', payload: {} },
    ]);
    await drainInbox(domain);
    const rows = await inboxRows();
    expect(rows.map(({ status }) => status)).toEqual(['dead', 'done', 'dead', 'dead']);
    expect(rows[0]?.attempts).toBe(0);
    expect(rows[0]?.error).toMatch(/not JSON/);
    expect(rows[3]?.error).toMatch(/currency/);
  });
});

describe('when the database goes away', () => {
  it('nothing counts as a failure, and the next run does the work', async () => {
    await createDeliveries([named('Nordlys')]);
    const other = new Client({ connectionString: database.url() });
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT 1 FROM shops WHERE id = $1 FOR UPDATE', [shopId]); // the drain waits for this row ...
    const drain = drainInbox(domain);
    await expect.poll(async () => (await other.query(waitingBackends)).rowCount).toBe(1);
    const stopped = expect(drain).rejects.toThrow();
    await other.query(`SELECT pg_terminate_backend(pid) FROM (${waitingBackends}) AS waiting`); // ... and loses its connection
    await stopped;
    await other.query('ROLLBACK');
    await other.end();
    expect(await inboxRows()).toMatchObject([{ status: 'pending', attempts: 0, error: null }]);
    expect(await drainInbox(domain)).toEqual({ processed: 1 });
    expect(await shopName()).toBe('Nordlys');
  });

  it('a deadlock is over at once and tried again', async () => {
    await createDeliveries([named('Nordlys')]);
    await pool().query(`
      CREATE SEQUENCE tries; CREATE FUNCTION deadlock_once() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN IF nextval('tries') < 3 THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER deadlock_once BEFORE UPDATE ON shops FOR EACH ROW EXECUTE FUNCTION deadlock_once()`);
    expect(await drainInbox(domain)).toEqual({ processed: 1 });
    await pool().query('DROP TRIGGER deadlock_once ON shops');
    expect(await inboxRows()).toMatchObject([{ status: 'done', attempts: 0 }]);
  });
});

const waitingBackends =
  "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
