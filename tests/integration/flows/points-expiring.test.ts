import { beforeEach, describe, expect, it } from 'vitest';
import { advanceFlows, mergeRuns, setFlowEnabled, updateTriggerDays } from '~/modules/flows/index.server';
import { mergeLedger, updateExpiryRule, updatePointValue } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { pointsExpired } from '~/processes/points-expired.server';
import { mails, runs } from '../../factories/flow';
import { aShopWithFlow, bookPoints, noon } from '../../factories/loyalty-mails';
import { useMailSink } from '../../factories/mail-sink';
import { createRecipient } from '../../factories/message';
import { aReward } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const sink = useMailSink();

function at(moment: Date): void {
  clock.moveTo(moment.getTime() - Date.now());
}

/** A shop whose points live 60 days after the one they came on, and somebody with 100 points of 1 March: gone on 1 May. */
async function aProgramme(mode: 'age' | 'inactivity' = 'age') {
  const shopId = await aShopWithFlow('points_expiring');
  await withShop(shopId, async (tx) => {
    await updateExpiryRule(tx, { shopId, mode, days: 60, now: noon('2026-01-01') });
    await updatePointValue(tx, { shopId, pointValue: '0.01', now: noon('2026-01-01') });
  });
  const profileId = await createRecipient(shopId, { firstName: 'Robin', points: 100 });
  await bookPoints(shopId, profileId, 100, '2026-03-01');
  return { shopId, profileId };
}

/** The night's work and the day after it. */
async function live(shopId: number, day: string): Promise<void> {
  at(new Date(`${day}T01:05:00Z`));
  await pointsExpired(shopId);
  await advanceFlows(shopId);
  at(new Date(`${day}T09:10:00Z`));
  await advanceFlows(shopId);
  await deliverMessages(shopId);
}

const keys = async (shopId: number) => (await runs(shopId)).map(({ runKey }) => runKey);

beforeEach(() => at(noon('2026-03-01')));

describe('a warning that points expire', () => {
  it('is sent in the morning 30 and 7 days before, once each, and says what is at stake', async () => {
    const { shopId, profileId } = await aProgramme();
    await aReward(shopId, { title: 'Free coffee', points: 80 });
    await aReward(shopId, { title: 'Free cake', points: 200 });
    for (const day of ['2026-03-31', '2026-04-01', '2026-04-02', '2026-04-23', '2026-04-24', '2026-04-30'])
      await live(shopId, day);
    expect(await keys(shopId)).toEqual(['2026-05-01:30', '2026-05-01:7']);
    expect((await mails(shopId)).map(({ at: sent }) => sent.toISOString().slice(0, 16))).toEqual([
      '2026-04-01T09:10',
      '2026-04-24T09:10',
    ]);
    const { mail } = sink.mails[0]!;
    expect(mail.subject).toBe('Robin, 100 of your points at Fern & Field expire soon');
    for (const part of [String(mail.html), String(mail.text)]) {
      expect(part).toContain('worth €1.00,');
      expect(part).toContain('April 30, 2026');
      expect(part).toContain('Free coffee');
      expect(part).toContain('80 points');
      expect(part).not.toContain('Free cake');
      expect(part).toContain('/unsubscribe/');
    }
    expect((await prisma().message.findFirst({ where: { shopId, profileId } }))?.kind).toBe('marketing');
    expect((await runs(shopId)).map(({ exitReason }) => exitReason)).toEqual(['completed', 'completed']);
  });

  it('is entered once, however many look at once, and again after dying', async () => {
    const { shopId } = await aProgramme();
    at(noon('2026-04-01'));
    await Promise.all(Array.from({ length: 5 }, () => pointsExpired(shopId)));
    await pointsExpired(shopId);
    expect(await keys(shopId)).toEqual(['2026-05-01:30']);
  });

  it('follows the calendar of the shop, and leaves other shops alone', async () => {
    const one = await aProgramme();
    const other = await aProgramme();
    await prisma().shop.update({ where: { id: one.shopId }, data: { timeZone: 'Pacific/Auckland' } });
    at(new Date('2026-04-01T10:00:00Z')); // late on 1 April in Auckland, where the points are of 2 March
    await pointsExpired(one.shopId);
    expect(await keys(one.shopId)).toEqual([]);
    at(new Date('2026-04-01T12:30:00Z'));
    await pointsExpired(one.shopId);
    expect(await keys(one.shopId)).toEqual(['2026-05-02:30']);
    expect(await keys(other.shopId)).toEqual([]);
  });

  it('ends without a mail when they come back meanwhile', async () => {
    const { shopId, profileId } = await aProgramme('inactivity');
    at(new Date('2026-04-01T01:05:00Z'));
    await pointsExpired(shopId);
    await bookPoints(shopId, profileId, 10, '2026-04-01');
    at(new Date('2026-04-01T13:00:00Z'));
    await advanceFlows(shopId);
    expect((await runs(shopId)).map(({ exitReason }) => exitReason)).toEqual(['points_kept']);
    expect(await mails(shopId)).toEqual([]);
  });

  it('is withheld when they spend them after it was queued', async () => {
    const { shopId, profileId } = await aProgramme();
    at(new Date('2026-04-01T01:05:00Z'));
    await pointsExpired(shopId);
    at(new Date('2026-04-01T13:00:00Z'));
    await advanceFlows(shopId);
    await bookPoints(shopId, profileId, -100, '2026-04-01');
    await deliverMessages(shopId);
    expect(sink.mails).toEqual([]);
    const message = await prisma().message.findFirstOrThrow({ where: { shopId } });
    expect([message.status, message.error]).toEqual(['withheld', 'points_kept']);
  });

  it('tells what is left when some were spent', async () => {
    const { shopId, profileId } = await aProgramme();
    at(new Date('2026-04-01T01:05:00Z'));
    await pointsExpired(shopId);
    await bookPoints(shopId, profileId, -70, '2026-04-01');
    at(new Date('2026-04-01T13:00:00Z'));
    await advanceFlows(shopId);
    await deliverMessages(shopId);
    expect(sink.mails[0]!.mail.subject).toContain('30 of your points');
  });

  it('is not sent to who did not agree, nor once points are gone', async () => {
    const { shopId } = await aProgramme();
    const stranger = await createRecipient(shopId, { state: 'not_subscribed' });
    await bookPoints(shopId, stranger, 100, '2026-03-01');
    await live(shopId, '2026-04-24');
    expect((await mails(shopId)).map(({ profileId }) => profileId)).not.toContain(stranger);
    const late = await createRecipient(shopId);
    await bookPoints(shopId, late, 100, '2026-03-02');
    at(new Date('2026-05-01T23:59:00Z'));
    await pointsExpired(shopId); // one day before they are gone
    at(new Date('2026-05-02T08:30:00Z'));
    await advanceFlows(shopId);
    expect((await mails(shopId)).map(({ profileId }) => profileId)).not.toContain(late);
  });

  it('of two who became one is given once', async () => {
    const { shopId, profileId } = await aProgramme();
    const other = await createRecipient(shopId);
    await bookPoints(shopId, other, 50, '2026-03-01');
    at(new Date('2026-04-01T01:05:00Z'));
    await pointsExpired(shopId);
    expect(await keys(shopId)).toEqual(['2026-05-01:30', '2026-05-01:30']);
    const merges = [{ fromProfileId: other, intoProfileId: profileId }];
    at(new Date('2026-04-01T13:00:00Z'));
    await withShop(shopId, async (tx) => {
      await mergeRuns(tx, { shopId, merges, now: clock.now() });
      await mergeLedger(tx, { shopId, merges, now: clock.now() });
    });
    await advanceFlows(shopId);
    expect((await mails(shopId)).map((mail) => mail.profileId)).toEqual([profileId]);
  });

  it('comes at the days the merchant chose, and never while the flow is off', async () => {
    const { shopId } = await aProgramme();
    const set = (days: number[]) =>
      withShop(shopId, (tx) =>
        updateTriggerDays(tx, { shopId, key: 'points_expiring', days, now: clock.now() }),
      );
    await set([3, 14, 14]);
    at(noon('2026-04-16'));
    await pointsExpired(shopId);
    expect(await keys(shopId)).toEqual([]);
    await withShop(shopId, (tx) =>
      setFlowEnabled(tx, { shopId, key: 'points_expiring', enabled: false, now: clock.now() }),
    );
    at(noon('2026-04-17'));
    await pointsExpired(shopId);
    expect(await keys(shopId)).toEqual([]);
    await withShop(shopId, (tx) =>
      setFlowEnabled(tx, { shopId, key: 'points_expiring', enabled: true, now: clock.now() }),
    );
    await pointsExpired(shopId);
    expect(await keys(shopId)).toEqual(['2026-05-01:14']);
    for (const bad of [[], [0], [366], [1, 2, 3, 4, 5, 6], [1.5]])
      await expect(set(bad)).rejects.toMatchObject({ code: 'invalid' });
  });
});
