import { randomToken } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { isSendableAddress } from '~/platform/mail/address';
import { createMessages } from './create-messages.server';
import type { MailLocale, TemplateKey } from './types';

/** Test mails that are about nobody in particular. */
const nobody = 0n;

/**
 * Queues a test mail with a made-up cart and balance; each call is a mail of its own. Throws an AppError for an address
 * that is none. The caller enqueues `email.deliver` after the commit, or leaves it to the sweep.
 */
export async function sendTest(
  tx: Tx,
  input: {
    shopId: number;
    templateKey: TemplateKey;
    locale: MailLocale;
    to: string;
    sampleProfileId?: bigint;
    now: Date;
  },
): Promise<{ messageId: bigint }> {
  const { shopId, templateKey, locale, now } = input;
  const to = input.to.trim();
  if (!isSendableAddress(to)) {
    throw new AppError('invalid', {
      message: 'test mail to no address',
      userMessage: 'Enter an e-mail address such as name@example.com.',
    });
  }
  const { ids } = await createMessages(tx, {
    shopId,
    messages: [
      {
        dedupeKey: `test:${randomToken()}`,
        profileId: input.sampleProfileId ?? nobody,
        kind: 'test',
        templateKey,
        vars: { sample: true },
        toAddress: to,
        locale,
      },
    ],
    now,
  });
  const [messageId] = ids;
  if (messageId === undefined) throw new Error('the test mail was not written');
  return { messageId };
}
