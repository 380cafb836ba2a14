import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listSuppressed } from '~/modules/consent/index.server';
import { sendTest } from '~/modules/messaging/index.server';
import { withShop } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { action } from '~/routes/mail-reports';
import { writeReport, type ReportKind } from '../../dev/inbox/report';
import { letterOf } from '../factories/letter';
import { createMailShop, createRecipient, mailTime, queueMail } from '../factories/message';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const secret = 'a-secret-of-more-than-24-characters';

beforeEach(() => {
  env().MAIL_REPORTS_TOKEN = secret;
});
afterEach(() => {
  env().MAIL_REPORTS_TOKEN = undefined;
});

const post = (body: string, headers: Record<string, string> = {}) =>
  action({
    request: new Request('https://perennial.test/mail-reports', {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'message/rfc822', ...headers },
    }),
    params: {},
    context: {},
  });
const json = { 'content-type': 'application/json; charset=utf-8' };

async function sentMail(email = 'Robin@mail.example') {
  const shopId = await createMailShop();
  const profileId = await createRecipient(shopId, { shopifyCustomerId: 7n, email });
  const id = await queueMail(shopId, profileId);
  const { token } = await withShop(shopId, (tx) =>
    tx.message.update({
      where: { shopId_id: { shopId, id } },
      data: { status: 'sent', toAddress: email, handedOverAt: mailTime, sentAt: mailTime },
    }),
  );
  return { shopId, profileId, id, token };
}

const reportOf = (token: string, kind: ReportKind) => writeReport(letterOf(token), kind);

const told = (message: { bouncedAt: Date | null; complainedAt: Date | null }) => ({
  bounced: message.bouncedAt !== null,
  complained: message.complainedAt !== null,
});

const stateOf = (shopId: number) =>
  withShop(shopId, async (tx) => ({
    message: told(await tx.message.findFirstOrThrow()),
    consents: await tx.consent.findMany({ select: { state: true, source: true } }),
    owed: await tx.consentPush.count(),
    suppressed: await tx.suppression.findMany({ select: { reason: true } }),
    timeline: await tx.timelineEvent.findMany({ select: { kind: true, key: true } }),
  }));

describe('a complaint', () => {
  it('ends the subscription, suppresses the address and is told to Shopify, once', async () => {
    const { shopId, id, token } = await sentMail();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(reportOf(token, 'complaint'))));
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual(
      Array.from({ length: 5 }, () => ({ recorded: 1, ignored: 0 })),
    );
    const state = await stateOf(shopId);
    expect(state).toMatchObject({
      message: { bounced: false, complained: true },
      consents: [{ state: 'unsubscribed', source: 'complaint' }],
      owed: 1,
      suppressed: [{ reason: 'complaint' }],
      timeline: [{ kind: 'email_complained', key: id.toString() }],
    });
    await post(reportOf(token, 'complaint'));
    expect(await stateOf(shopId)).toEqual(state);
  });

  it('concerns its own shop only', async () => {
    const ours = await sentMail('robin@mail.example');
    const theirs = await sentMail('robin@mail.example');
    await post(reportOf(ours.token, 'complaint'));
    const emails = ['robin@mail.example'];
    const listed = (shopId: number) => withShop(shopId, (tx) => listSuppressed(tx, { shopId, emails }));
    expect([...(await listed(ours.shopId)).keys()]).toEqual(emails);
    expect([...(await listed(theirs.shopId)).keys()]).toEqual([]);
    expect((await stateOf(theirs.shopId)).timeline).toEqual([]);
  });
});

describe('a bounce', () => {
  it('suppresses an address that does not exist, and says nothing about consent', async () => {
    const { shopId, token, id } = await sentMail();
    await post(reportOf(token, 'hard_bounce'));
    expect(await stateOf(shopId)).toMatchObject({
      message: { bounced: true, complained: false },
      consents: [{ state: 'subscribed' }],
      owed: 0,
      suppressed: [{ reason: 'hard_bounce' }],
      timeline: [{ kind: 'email_bounced', key: id.toString() }],
    });
  });

  it('is only noted when it may pass, and a harder one after it still counts', async () => {
    const { shopId, token } = await sentMail();
    const tell = (kind: string) =>
      post(JSON.stringify([{ messageId: `<${token}@example.com>`, kind }]), json);
    await tell('soft_bounce');
    expect(await stateOf(shopId)).toMatchObject({ message: { bounced: true }, suppressed: [] });
    await tell('hard_bounce');
    expect((await stateOf(shopId)).suppressed).toEqual([{ reason: 'hard_bounce' }]);
  });
});

describe('what comes in', () => {
  it('is a list, too, and what is not about our mails is ignored', async () => {
    const { shopId, token } = await sentMail();
    const list = [
      { messageId: `${token}@example.com`, kind: 'complaint' },
      { messageId: '<aaaaaaaaaaaaaaaaaaaaaaaa@example.com>', kind: 'complaint' },
      { messageId: 'from another system', kind: 'hard_bounce' },
    ];
    const answer = await post(JSON.stringify(list), json);
    expect([answer.status, await answer.json()]).toEqual([200, { recorded: 1, ignored: 2 }]);
    expect((await stateOf(shopId)).suppressed).toEqual([{ reason: 'complaint' }]);
    const reply = await post('From: Robin <robin@mail.example>\r\n\r\nThanks!');
    expect([reply.status, await reply.json()]).toEqual([200, { recorded: 0, ignored: 1 }]);
  });

  it('leaves the merchant’s own address alone when it was a test', async () => {
    const { shopId } = await sentMail();
    const { messageId } = await withShop(shopId, (tx) =>
      sendTest(tx, {
        shopId,
        templateKey: 'win_back',
        locale: 'en',
        to: 'owner@fern.example',
        now: mailTime,
      }),
    );
    const { token } = await withShop(shopId, (tx) =>
      tx.message.findFirstOrThrow({ where: { id: messageId } }),
    );
    expect(await (await post(reportOf(token, 'complaint'))).json()).toEqual({ recorded: 1, ignored: 0 });
    expect(await stateOf(shopId)).toMatchObject({ suppressed: [], consents: [{ state: 'subscribed' }] });
  });

  it('blocks the address of a partner, who is no customer, and is on nobody’s record', async () => {
    const shopId = await createMailShop();
    const toAddress = 'rosa@mail.example';
    await queueMail(shopId, 0n, { kind: 'transactional', templateKey: 'affiliate_sign_in', toAddress });
    const { token } = await withShop(shopId, (tx) => tx.message.findFirstOrThrow());
    expect(await (await post(reportOf(token, 'complaint'))).json()).toEqual({ recorded: 1, ignored: 0 });
    expect(await stateOf(shopId)).toMatchObject({
      message: { complained: true },
      suppressed: [{ reason: 'complaint' }],
      consents: [],
      timeline: [],
    });
  });

  it('has nobody to suppress when the person was erased since', async () => {
    const { shopId, token } = await sentMail();
    await withShop(shopId, (tx) => tx.message.updateMany({ data: { toAddress: null } }));
    expect((await post(reportOf(token, 'complaint'))).status).toBe(200);
    expect((await stateOf(shopId)).suppressed).toEqual([]);
  });

  it.each([
    ['no token', { authorization: '' }, 401],
    ['a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['the token as a password', { authorization: `Basic ${btoa(`reports:${secret}`)}` }, 200],
  ])('needs the token: %s', async (_what, headers, status) =>
    expect((await post('From: x', headers)).status).toBe(status),
  );

  it('is refused with a reason when it is no report at all, or too large', async () => {
    for (const body of ['not json', '{}', '[{"kind":"spam","messageId":"x"}]']) {
      const answer = await post(body, json);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('Not a list of reports');
    }
    expect((await post('x'.repeat(2_000_001))).status).toBe(413);
  });

  it('is closed without a token', async () => {
    env().MAIL_REPORTS_TOKEN = undefined;
    expect((await post('From: x')).status).toBe(404);
  });
});
