import { beforeEach, describe, expect, it } from 'vitest';
import {
  activateShop,
  applyShopFact,
  ensureShop,
  findShopByDomain,
  getSettings,
  getShop,
  markUninstalled,
  updateSettings,
} from '~/modules/shops/index.server';
import { defaultSettings, type SettingsChanges } from '~/modules/shops/types';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const day = (n: number) => new Date(Date.UTC(2026, 4, n));
const create = (domain = 'one.myshopify.com') => ensureShop(prisma(), { domain, now: day(1) });

beforeEach(async () => {
  await pool().query('DELETE FROM shop_settings; DELETE FROM shops');
});

describe('ensureShop', () => {
  it('creates a shop once, also when asked at the same time', async () => {
    const shops = await Promise.all(Array.from({ length: 8 }, () => create('One.myshopify.com')));
    expect(new Set(shops.map(({ id }) => id)).size).toBe(1);
    expect(shops[0]).toMatchObject({
      domain: 'one.myshopify.com',
      status: 'installing',
      currency: 'USD',
      installedAt: day(1),
      uninstalledAt: null,
    });
  });

  it('leaves an active shop as it is and starts over with one that had left', async () => {
    const { id: shopId } = await create();
    await withShop(shopId, (tx) => activateShop(tx, { shopId, now: day(1) }));
    expect((await ensureShop(prisma(), { domain: 'one.myshopify.com', now: day(2) })).status).toBe('active');
    await withShop(shopId, (tx) => markUninstalled(tx, { shopId, occurredAt: day(3), now: day(3) }));
    expect(await ensureShop(prisma(), { domain: 'one.myshopify.com', now: day(4) })).toMatchObject({
      id: shopId,
      status: 'installing',
      installedAt: day(4),
      uninstalledAt: null,
    });
  });
});

describe('a shop`s life', () => {
  it('is active once, until it leaves', async () => {
    const { id: shopId } = await create();
    const activate = () => withShop(shopId, (tx) => activateShop(tx, { shopId, now: day(1) }));
    expect(await activate()).toEqual({ activated: true });
    expect(await activate()).toEqual({ activated: false });
    const uninstall = (n: number) =>
      withShop(shopId, (tx) => markUninstalled(tx, { shopId, occurredAt: day(n), now: day(9) }));
    expect(await uninstall(5)).toEqual({ uninstalled: true });
    expect(await uninstall(5)).toEqual({ uninstalled: false });
    expect(await activate()).toEqual({ activated: false });
    expect(await withShop(shopId, (tx) => getShop(tx, { shopId }))).toMatchObject({
      status: 'uninstalled',
      uninstalledAt: day(5),
    });
  });

  it('goes on when the message of an earlier uninstall comes after the new install', async () => {
    const { id: shopId } = await create();
    await withShop(shopId, (tx) => markUninstalled(tx, { shopId, occurredAt: day(2), now: day(2) }));
    await ensureShop(prisma(), { domain: 'one.myshopify.com', now: day(4) });
    expect(
      await withShop(shopId, (tx) => markUninstalled(tx, { shopId, occurredAt: day(3), now: day(5) })),
    ).toEqual({ uninstalled: false });
  });
});

describe('findShopByDomain', () => {
  it('sees at once what this process changes', async () => {
    expect(await findShopByDomain('one.myshopify.com')).toBeNull();
    const { id: shopId } = await create();
    expect(await findShopByDomain('ONE.myshopify.com')).toEqual({ id: shopId, status: 'installing' });
    await withShop(shopId, (tx) => activateShop(tx, { shopId, now: day(1) }));
    expect(await findShopByDomain('one.myshopify.com')).toEqual({ id: shopId, status: 'active' });
  });

  it('asks the database once in a while only', async () => {
    const { id: shopId } = await create();
    await findShopByDomain('one.myshopify.com');
    await pool().query("UPDATE shops SET status = 'active'"); // by another process
    expect(await findShopByDomain('one.myshopify.com')).toEqual({ id: shopId, status: 'installing' });
  });
});

describe('applyShopFact', () => {
  it('takes what was told and nothing older', async () => {
    const { id: shopId } = await create();
    const apply = (fact: Parameters<typeof applyShopFact>[1]['fact']) =>
      withShop(shopId, (tx) => applyShopFact(tx, { shopId, fact }));
    await apply({ name: 'Nordlys', currency: 'EUR', timeZone: 'Europe/Berlin', occurredAt: day(3) });
    await apply({ name: 'Nordlys', currency: 'EUR', timeZone: 'Europe/Berlin', occurredAt: day(3) });
    await apply({ name: 'Older name', occurredAt: day(2) });
    await apply({ email: 'hello@nordlys.example', occurredAt: day(4) });
    expect(await withShop(shopId, (tx) => getShop(tx, { shopId }))).toMatchObject({
      name: 'Nordlys',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      email: 'hello@nordlys.example',
    });
  });

  it('keeps the scopes told before a newer name, and not older scopes', async () => {
    const { id: shopId } = await create();
    const apply = (fact: Parameters<typeof applyShopFact>[1]['fact']) =>
      withShop(shopId, (tx) => applyShopFact(tx, { shopId, fact }));
    await apply({ name: 'Nordlys', occurredAt: day(5) });
    await apply({ scopes: ['read_orders', 'read_products'], occurredAt: day(4) });
    await apply({ scopes: ['read_orders'], occurredAt: day(3) });
    expect(await withShop(shopId, (tx) => getShop(tx, { shopId }))).toMatchObject({
      name: 'Nordlys',
      scopes: ['read_orders', 'read_products'],
    });
  });
});

describe('settings', () => {
  const update = (shopId: number, changes: SettingsChanges) =>
    withShop(shopId, (tx) => updateSettings(tx, { shopId, changes, now: day(2) }));

  it('are the defaults until something is saved, and only what is given changes', async () => {
    const { id: shopId } = await create();
    expect(await withShop(shopId, (tx) => getSettings(tx, { shopId }))).toEqual(defaultSettings);
    expect(await update(shopId, { cartDelayMinutes: 90, postalAddress: '  Lindenstraße 1  ' })).toEqual({
      ...defaultSettings,
      cartDelayMinutes: 90,
      postalAddress: 'Lindenstraße 1',
    });
    expect(await update(shopId, { quietHoursStart: 1_260, quietHoursEnd: 480 })).toMatchObject({
      cartDelayMinutes: 90,
      quietHoursStart: 1_260,
    });
    expect(await update(shopId, { postalAddress: '' })).toMatchObject({
      postalAddress: null,
      cartDelayMinutes: 90,
    });
  });

  it('may be saved at the same time', async () => {
    const { id: shopId } = await create();
    await Promise.all([update(shopId, { capMessages: 5 }), update(shopId, { holdoutPercent: 10 })]);
    expect(await withShop(shopId, (tx) => getSettings(tx, { shopId }))).toMatchObject({
      capMessages: 5,
      holdoutPercent: 10,
    });
  });

  it.each<SettingsChanges>([
    { cartDelayMinutes: 5 },
    { cartDelayMinutes: 60.5 },
    { senderEmail: 'nobody' },
    { brandColor: 'red' },
    { logoUrl: 'http://insecure.example/logo.png' },
    { logoUrl: 'javascript:alert(1)' },
    { quietHoursStart: 60 },
    { quietHoursStart: 1_440, quietHoursEnd: 1 },
    { holdoutPercent: 51 },
    { capMessages: 0 },
  ])('refuse %o', async (changes) => {
    const { id: shopId } = await create();
    await expect(update(shopId, changes)).rejects.toMatchObject({ code: 'invalid' });
    expect(await withShop(shopId, (tx) => getSettings(tx, { shopId }))).toEqual(defaultSettings);
  });

  it('refuse a field nobody knows', async () => {
    const { id: shopId } = await create();
    const changes: object = { shopId: 2 };
    await expect(update(shopId, changes)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('are each shop`s own', async () => {
    const one = await create();
    const two = await create('two.myshopify.com');
    await update(one.id, { capMessages: 9 });
    expect(await withShop(two.id, (tx) => getSettings(tx, { shopId: two.id }))).toEqual(defaultSettings);
    await expect(
      withShop(two.id, (tx) =>
        updateSettings(tx, { shopId: one.id, changes: { capMessages: 1 }, now: day(2) }),
      ),
    ).rejects.toThrow();
    await expect(withShop(two.id, (tx) => getShop(tx, { shopId: one.id }))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
