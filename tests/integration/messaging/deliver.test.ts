import { beforeEach, describe, expect, it } from 'vitest';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { useMailSink } from '../../factories/mail-sink';
import {
  createMailCart,
  createMailShop,
  createRecipient,
  mailTime,
  queueMail,
} from '../../factories/message';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const sink = useMailSink();

const message = (shopId: number, id: bigint) =>
  withShop(shopId, (tx) => tx.message.findFirstOrThrow({ where: { id } }));
const minutes = (count: number) => clock.moveTo(mailTime.getTime() + count * 60_000 - Date.now());

beforeEach(() => minutes(1));

describe('delivering mail', () => {
  it('hands a queued mail to the mail server and writes down what it answered', async () => {
    const shopId = await createMailShop();
    const profileId = await createRecipient(shopId, { email: 'robin@mail.example', points: 1_250 });
    const cartToken = await createMailCart(shopId);
    const id = await queueMail(shopId, profileId, {
      templateKey: 'abandoned_checkout.first',
      vars: { cartToken },
    });
    await deliverMessages(shopId);
    const row = await message(shopId, id);
    expect(row).toMatchObject({
      status: 'sent',
      attempts: 1,
      leaseUntil: null,
      toAddress: 'robin@mail.example',
      locale: 'en',
    });
    expect(row.sentAt?.getTime()).toBeGreaterThanOrEqual(mailTime.getTime());
    expect(sink.mails).toHaveLength(1);
    const { mail, raw } = sink.mails[0]!;
    console.log(raw.slice(0, 1200));
    expect(mail.messageId).toBe(`<${row.token}@perennial.test>`);
  });
});
