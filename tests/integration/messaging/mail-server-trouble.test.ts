import { fork } from 'node:child_process';
import { once } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '~/modules/messaging/index.server';
import { listSuppressed } from '~/modules/consent/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { useMailSink } from '../../factories/mail-sink';
import { createMailShop, createRecipient, mailTime, queueMail, queueMany } from '../../factories/message';
import { useTestDatabase } from '../../setup/database';

const database = useTestDatabase();
const sink = useMailSink();

const read = (shopId: number, id: bigint) =>
  withShop(shopId, (tx) => tx.message.findFirstOrThrow({ where: { shopId, id } }));
const minutesLater = (count: number) => clock.moveTo(mailTime.getTime() + count * 60_000 - Date.now());
const queueOne = async (shopId: number, email: string) =>
  queueMail(shopId, await createRecipient(shopId, { email }));
/** As if the machine had slept past every lease. */
const endLeases = (shopId: number) =>
  withShop(shopId, (tx) =>
    tx.message.updateMany({ where: { status: 'sending' }, data: { leaseUntil: new Date(0) } }),
  );

beforeEach(() => minutesLater(1));

describe('a mail server that says no', () => {
  it('is tried again later after a 4xx, and given up after eight times', async () => {
    const shopId = await createMailShop();
    const id = await queueOne(shopId, 'greylisted@mail.example');
    sink.behave(() => ({ refuse: { at: 'rcpt', code: 451, text: '4.7.1 try again later' } }));
    await deliverMessages(shopId);
    const first = await read(shopId, id);
    expect(first).toMatchObject({ status: 'queued', attempts: 1, error: null });
    expect(first.nextAttemptAt!.getTime() - clock.now().getTime()).toBeCloseTo(60_000, -4);
    await deliverMessages(shopId);
    expect((await read(shopId, id)).attempts).toBe(1);
    for (let attempt = 2; attempt <= 8; attempt += 1) {
      await withShop(shopId, (tx) => tx.message.updateMany({ data: { nextAttemptAt: mailTime } }));
      await deliverMessages(shopId);
    }
    expect(await read(shopId, id)).toMatchObject({
      status: 'failed',
      attempts: 8,
      error: 'gave_up',
      bouncedAt: null,
    });
    expect(sink.mails).toHaveLength(0);
  });

  it('is believed after one 5xx; the address is suppressed only when there is nobody', async () => {
    const shopId = await createMailShop();
    const nobody = await queueOne(shopId, 'nobody@mail.example');
    const refused = await queueOne(shopId, 'policy@mail.example');
    const spam = await queueOne(shopId, 'content@mail.example');
    sink.behave((to) =>
      to.startsWith('nobody')
        ? { refuse: { at: 'rcpt', code: 550, text: '5.1.1 user unknown' } }
        : to.startsWith('policy')
          ? { refuse: { at: 'rcpt', code: 550, text: '5.7.1 not from you' } }
          : { refuse: { at: 'data', code: 554, text: '5.6.0 message refused' } },
    );
    await deliverMessages(shopId);
    expect(await read(shopId, nobody)).toMatchObject({ status: 'failed', error: 'unknown_user' });
    expect((await read(shopId, nobody)).bouncedAt).not.toBeNull();
    expect(await read(shopId, refused)).toMatchObject({
      status: 'failed',
      error: 'rejected',
      bouncedAt: null,
    });
    expect(await read(shopId, spam)).toMatchObject({ status: 'failed', error: 'rejected', bouncedAt: null });
    const emails = ['nobody@mail.example', 'policy@mail.example', 'content@mail.example'];
    const suppressed = await withShop(shopId, (tx) => listSuppressed(tx, { shopId, emails }));
    expect([...suppressed]).toEqual(['nobody@mail.example']);
  });

  it('goes on with the others when one is refused', async () => {
    const shopId = await createMailShop();
    await queueOne(shopId, 'bad@mail.example');
    await queueOne(shopId, 'good@mail.example');
    sink.behave((to) =>
      to.startsWith('bad') ? { refuse: { at: 'rcpt', code: 550, text: 'no such user here' } } : undefined,
    );
    await deliverMessages(shopId);
    expect(sink.mails.map(({ to }) => to)).toEqual(['good@mail.example']);
  });
});

describe('a mail server that goes away', () => {
  it('leaves a mail it may have as unknown, never sent again by itself', async () => {
    const shopId = await createMailShop();
    const id = await queueOne(shopId, 'perhaps@mail.example');
    sink.behave(() => ({ hangUp: 'after-data' }));
    await deliverMessages(shopId);
    expect(await read(shopId, id)).toMatchObject({
      status: 'unknown',
      error: 'connection lost while sending',
    });
    sink.behave(() => undefined);
    minutesLater(60);
    await endLeases(shopId);
    await deliverMessages(shopId);
    expect(sink.arrived).toHaveLength(1);
  });

  it('gets a mail again of which it had nothing, and no attempt is counted', async () => {
    const shopId = await createMailShop();
    const id = await queueOne(shopId, 'early@mail.example');
    sink.behave(() => ({ hangUp: 'before-data' }));
    await deliverMessages(shopId);
    expect(await read(shopId, id)).toMatchObject({ status: 'queued', attempts: 0, handedOverAt: null });
    sink.behave(() => undefined);
    minutesLater(3);
    await deliverMessages(shopId);
    expect(await read(shopId, id)).toMatchObject({ status: 'sent', attempts: 1 });
    expect(sink.arrived).toHaveLength(1);
  });
});

describe('a delivery that dies', () => {
  const nobodyAsked = {
    loadCarts: async () => new Map(),
    loadLoyalty: async () => new Map(),
    loadReferrals: async () => new Map(),
    findEnded: async () => new Map(),
    checkRecipients: async (_tx: unknown, input: { recipients: unknown[] }) =>
      input.recipients.map(() => 'ok' as const),
    noteOutcomes: async () => undefined,
  };
  const times = { now: () => clock.now(), realNow: () => new Date() };

  it('after the claim and before the hand-over leaves mails that are sent later', async () => {
    const shopId = await createMailShop();
    const id = await queueOne(shopId, 'claimed@mail.example');
    const dying = { ...nobodyAsked, checkRecipients: () => Promise.reject(new Error('killed')) };
    await expect(deliver({ shopId, ...times, steps: dying })).rejects.toThrow('killed');
    expect(await read(shopId, id)).toMatchObject({ status: 'sending', handedOverAt: null });
    await deliverMessages(shopId);
    expect(sink.mails).toHaveLength(0); // the lease holds
    await endLeases(shopId);
    await deliverMessages(shopId);
    expect(await read(shopId, id)).toMatchObject({ status: 'sent', attempts: 1 });
    expect(sink.arrived).toHaveLength(1);
  });

  it('killed between hand-over and answer leaves mails unknown, never sent twice', async () => {
    const shopId = await createMailShop();
    const ids = await queueMany(shopId, 30);
    sink.waitBeforeAnswer(60_000);
    const child = fork('tests/factories/deliver-child.ts', [database.url(), String(shopId)], {
      execArgv: ['--import', 'tsx'],
      env: process.env,
    });
    while (sink.arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill('SIGKILL');
    await once(child, 'exit');
    sink.waitBeforeAnswer(0);
    await endLeases(shopId);
    await deliverMessages(shopId);
    const rows = await Promise.all(ids.map((id) => read(shopId, id)));
    const unknown = rows.filter(({ status }) => status === 'unknown');
    expect(unknown.length).toBeGreaterThan(0);
    expect(rows.filter(({ status }) => status === 'sent').length).toBe(30 - unknown.length);
    expect(unknown.every(({ error }) => error === 'stopped between hand-over and answer')).toBe(true);
    expect(new Set(sink.arrived).size).toBe(sink.arrived.length); // no Message-ID came twice
    minutesLater(600);
    await deliverMessages(shopId);
    expect(new Set(sink.arrived).size).toBe(sink.arrived.length);
  }, 60_000);

  it('answers late and still settles what became unknown meanwhile', async () => {
    const shopId = await createMailShop();
    const id = await queueOne(shopId, 'late@mail.example');
    const send = async () => {
      await endLeases(shopId);
      await deliverMessages(shopId);
      expect(await read(shopId, id)).toMatchObject({ status: 'unknown' });
      return { kind: 'accepted' as const, response: '250 late but true' };
    };
    await deliver({ shopId, ...times, steps: nobodyAsked, send });
    expect(await read(shopId, id)).toMatchObject({
      status: 'sent',
      smtpResponse: '250 late but true',
      error: null,
    });
  });
});
