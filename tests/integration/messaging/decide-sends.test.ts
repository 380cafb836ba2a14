import { describe, expect, it } from 'vitest';
import { decideSends, listDecisions, type SendAsk } from '~/modules/messaging/index.server';
import { keyedHash } from '~/platform/crypto.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { aPerson, aShopWithFlows, flowsStart, hoursLater } from '../../factories/flow';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

function askFor(profileId: bigint, changes: Partial<SendAsk> = {}): SendAsk {
  return {
    profileId,
    flowKey: 'campaign',
    flowRunId: null,
    nodeKey: 'mail',
    kind: 'marketing',
    latestUsefulAt: null,
    ...changes,
  };
}

function decide(shopId: number, asks: SendAsk[], now = flowsStart) {
  return withShop(shopId, (tx) => decideSends(tx, { shopId, asks, now }));
}

async function reasons(shopId: number, asks: SendAsk[], now = flowsStart): Promise<string[]> {
  return (await decide(shopId, asks, now)).map((decision) => decision.reason);
}

async function aMail(
  shopId: number,
  profileId: bigint,
  changes: { status?: string; sentAt?: Date; kind?: string },
) {
  await prisma().message.create({
    data: {
      shopId,
      profileId,
      token: String(Math.random()),
      dedupeKey: String(Math.random()),
      kind: changes.kind ?? 'marketing',
      templateKey: 'win_back',
      locale: 'en',
      status: changes.status ?? 'sent',
      createdAt: changes.sentAt ?? flowsStart,
      sentAt: changes.status === 'queued' ? null : (changes.sentAt ?? flowsStart),
    },
  });
}

describe('deciding sends', () => {
  it('answers each ask in order, from what is stored', async () => {
    const shopId = await aShopWithFlows();
    const fine = await aPerson(shopId);
    const bounced = await aPerson(shopId, { email: 'bounced@example.com' });
    await prisma().suppression.create({
      data: {
        shopId,
        channel: 'email',
        addressHash: keyedHash('bounced@example.com'),
        reason: 'hard_bounce',
        createdAt: flowsStart,
      },
    });
    const nameless = await aPerson(shopId, { email: null });
    const never = await aPerson(shopId, { consent: null });
    const pending = await aPerson(shopId, { consent: 'pending' });
    const redacted = await aPerson(shopId);
    await prisma().profile.updateMany({ where: { shopId, id: redacted }, data: { redactedAt: flowsStart } });
    const asks = [never, fine, bounced, nameless, pending, redacted, 999_999n].map((id) => askFor(id));
    expect(await reasons(shopId, asks)).toEqual([
      'not_subscribed',
      'ok',
      'suppressed',
      'no_email',
      'not_subscribed',
      'no_email',
      'no_email',
    ]);
    expect(await reasons(shopId, [askFor(never, { kind: 'transactional' })])).toEqual(['ok']);
  });

  it('counts what was sent, is being sent and may have been sent; not tests, failures or other kinds', async () => {
    const shopId = await aShopWithFlows({ settings: { capMessages: 2, capWindowHours: 24 } });
    const profileId = await aPerson(shopId);
    await aMail(shopId, profileId, { status: 'failed' });
    await aMail(shopId, profileId, { kind: 'test' });
    await aMail(shopId, profileId, { kind: 'transactional' });
    await aMail(shopId, profileId, { sentAt: hoursLater(-24) });
    await aMail(shopId, profileId, { status: 'unknown', sentAt: hoursLater(-2) });
    expect(await reasons(shopId, [askFor(profileId)])).toEqual(['ok']);
    await aMail(shopId, profileId, { status: 'queued', sentAt: hoursLater(-1) });
    expect(await decide(shopId, [askFor(profileId)])).toMatchObject([
      { outcome: 'defer', reason: 'frequency_cap', until: hoursLater(22) },
    ]);
  });

  it('counts asks of one batch for one person', async () => {
    const shopId = await aShopWithFlows({ settings: { capMessages: 2, capWindowHours: 24 } });
    const [one, two] = [await aPerson(shopId), await aPerson(shopId)];
    const asks = [one, one, two, one].map((id, index) => askFor(id, { nodeKey: `mail_${index}` }));
    expect(await reasons(shopId, asks)).toEqual(['ok', 'ok', 'ok', 'frequency_cap']);
  });

  it('lets two deciders of the same people take turns, whatever their order', async () => {
    const shopId = await aShopWithFlows({ settings: { capMessages: 1, capWindowHours: 24 } });
    const people = await Promise.all(Array.from({ length: 30 }, () => aPerson(shopId)));
    const sent = await Promise.all(
      Array.from({ length: 8 }, async (_, worker) => {
        const order = worker % 2 ? people : [...people].reverse();
        return withShop(shopId, async (tx) => {
          const decisions = await decideSends(tx, {
            shopId,
            asks: order.map((id) => askFor(id)),
            now: flowsStart,
          });
          const going = order.filter((_id, index) => decisions[index]?.outcome === 'send');
          for (const profileId of going) {
            await tx.message.create({
              data: {
                shopId,
                profileId,
                token: `${worker}-${profileId}`,
                dedupeKey: `${worker}-${profileId}`,
                kind: 'marketing',
                templateKey: 'win_back',
                locale: 'en',
                status: 'queued',
                createdAt: flowsStart,
              },
            });
          }
          return going.length;
        });
      }),
    );
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(30);
  });

  it('writes down each answer with its values, a repeated deferral once', async () => {
    const shopId = await aShopWithFlows({ settings: { quietHoursStart: 9 * 60, quietHoursEnd: 12 * 60 } });
    const profileId = await aPerson(shopId);
    const ask = askFor(profileId, { flowRunId: 7n });
    await decide(shopId, [ask]);
    await decide(shopId, [ask], hoursLater(0.5));
    await decide(shopId, [ask], hoursLater(2));
    const logged = await withShop(shopId, (tx) => listDecisions(tx, { shopId, profileId }));
    expect(logged).toMatchObject([
      { outcome: 'send', reason: 'ok', until: null, decidedAt: hoursLater(2), details: {} },
      {
        outcome: 'defer',
        reason: 'quiet_hours',
        until: hoursLater(2),
        decidedAt: flowsStart,
        details: { start: 540, end: 720, timeZone: 'UTC' },
        flowRunId: 7n,
      },
    ]);
    const [newest] = logged;
    const older = await withShop(shopId, (tx) =>
      listDecisions(tx, { shopId, profileId, beforeId: newest!.id }),
    );
    expect(older).toHaveLength(1);
  });

  it('knows nothing of another shop', async () => {
    const here = await aShopWithFlows({ settings: { capMessages: 1, capWindowHours: 24 } });
    const there = await aShopWithFlows();
    const profileId = await aPerson(here);
    await aMail(there, profileId, {});
    expect(await reasons(here, [askFor(profileId)])).toEqual(['ok']);
    expect(await reasons(there, [askFor(profileId)])).toEqual(['no_email']);
    await expect(
      withShop(here, (tx) => decideSends(tx, { shopId: there, asks: [askFor(profileId)], now: flowsStart })),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  it('sends nothing for a shop that is gone', async () => {
    const shopId = await aShopWithFlows({ status: 'uninstalled' });
    expect(await reasons(shopId, [askFor(await aPerson(shopId))])).toEqual(['shop_uninstalled']);
    expect(await decide(shopId, [])).toEqual([]);
  });
});
