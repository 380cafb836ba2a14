import { beforeEach, describe, expect, it } from 'vitest';
import { handlers } from '~/jobs/catalog.server';
import { listShopsOwingConsent, unsubscribe } from '~/modules/consent/index.server';
import { listShopsWithDueMessages } from '~/modules/messaging/index.server';
import { clock } from '~/platform/clock.server';
import { acrossShops, withShop } from '~/platform/db/index.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { useMailSink } from '../../factories/mail-sink';
import { createMailShop, createRecipient, mailTime, queueMail, queueMany } from '../../factories/message';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const sink = useMailSink();
const later = (minutes: number) => new Date(mailTime.getTime() + minutes * 60_000);

beforeEach(() => clock.moveTo(later(1).getTime() - Date.now()));

describe('the sweeps', () => {
  it('find shops with mail that is due or stuck, and none that left', async () => {
    const [due, busy, stuck, gone, idle] = await Promise.all(
      ['active', 'active', 'active', 'uninstalled', 'active'].map((status) => createMailShop({ status })),
    );
    for (const shopId of [due!, busy!, stuck!, gone!]) await queueMail(shopId, await createRecipient(shopId));
    const realNow = new Date('2026-11-21T12:00:00Z');
    const lease = (shopId: number, seconds: number) =>
      withShop(shopId, (tx) =>
        tx.message.updateMany({
          data: { status: 'sending', leaseUntil: new Date(realNow.getTime() + seconds * 1_000) },
        }),
      );
    await lease(busy!, 60);
    await lease(stuck!, -1);
    const found = await acrossShops((db) => listShopsWithDueMessages(db, { now: later(1), realNow }));
    expect(found.sort()).toEqual([due, stuck].sort());
    expect(found).not.toContain(idle);
    expect(
      await acrossShops((db) => listShopsWithDueMessages(db, { now: later(-1), realNow })),
    ).not.toContain(due);
  });

  it('find shops whose Shopify has not heard of a decision', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, { shopifyCustomerId: 1n });
    await withShop(shopId, (tx) =>
      unsubscribe(tx, { shopId, profileId, source: 'one_click', key: 'k', evidence: {}, now: mailTime }),
    );
    const owing = () => acrossShops((db) => listShopsOwingConsent(db, { now: later(1) }));
    expect(await owing()).toContain(shopId);
    await withShop(shopId, (tx) => tx.consentPush.updateMany({ data: { nextAttemptAt: later(5) } }));
    expect(await owing()).not.toContain(shopId);
  });

  it('come back for the rest of a long queue', async () => {
    const shopId = await createMailShop();
    await queueMany(shopId, 450);
    expect(await deliverMessages(shopId, { limitMs: 0 })).toMatchObject({ more: true });
    const first = sink.mails.length;
    expect(first).toBeLessThan(450);
    expect(await deliverMessages(shopId)).toMatchObject({ more: false });
    expect(new Set(sink.arrived).size).toBe(450);
    expect(sink.arrived).toHaveLength(450);
  });

  it('lead to jobs that check what they are given', async () => {
    const shopId = await createMailShop();
    await queueMail(shopId, await createRecipient(shopId));
    await handlers['email.deliver']?.({ shopId });
    expect(sink.mails).toHaveLength(1);
    await expect(handlers['email.deliver']?.({ shopId: 'all' })).rejects.toThrow();
    await expect(handlers['consent.push']?.({})).rejects.toThrow();
  });
});
