import type { Tx } from '~/platform/db/index.server';
import type { MailLocale, TemplateKey } from './types';

/** Queues a test mail with a made-up cart and balance. Throws an AppError for an address that is none. Enqueue `email.deliver` after the commit. */
export async function sendTest(
  _tx: Tx,
  _input: {
    shopId: number;
    templateKey: TemplateKey;
    locale: MailLocale;
    to: string;
    sampleProfileId?: bigint;
    now: Date;
  },
): Promise<{ messageId: bigint }> {
  throw new Error('not written yet');
}
