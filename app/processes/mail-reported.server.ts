import { suppress, unsubscribe } from '~/modules/consent/index.server';
import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { exitRuns } from '~/modules/flows/index.server';
import { recordReport } from '~/modules/messaging/index.server';
import type { Tx } from '~/platform/db/index.server';
import type { MailReport } from '~/platform/mail/report';
import { withLinkedMail, type LinkedMail } from './linked-mail.server';

/**
 * Something came back about a mail of ours. A complaint ends the subscription (Shopify is told) and takes the address off
 * the list for good; so does an address that does not exist, without a word on consent. Any other failure is only noted. True
 * when it is about a mail we sent; telling it again changes nothing.
 */
export async function mailReported(report: MailReport, input: { now: Date }): Promise<boolean> {
  for (const token of report.tokens) {
    const known = await withLinkedMail(token, (tx, mail) => applyReport(tx, mail, report.kind, input.now));
    if (known) return true;
  }
  return false;
}

async function applyReport(tx: Tx, mail: LinkedMail, kind: MailReport['kind'], now: Date): Promise<true> {
  const { shopId, message } = mail;
  const { id: messageId, profileId } = message;
  const complained = kind === 'complaint';
  const { first, toAddress } = await recordReport(tx, {
    shopId,
    messageId,
    kind: complained ? 'complaint' : 'bounce',
    now,
  });
  if (message.kind === 'test') return true; // the merchant's own address, and nobody's consent
  if (toAddress && kind !== 'soft_bounce')
    await suppress(tx, {
      shopId,
      emails: [toAddress],
      reason: complained ? 'complaint' : 'hard_bounce',
      now,
    });
  if (!first || !message.toCustomer) return true;
  if (complained) await endSubscription(tx, mail, now);
  const data = { messageId: messageId.toString(), templateKey: message.templateKey };
  const event = { profileId, key: messageId.toString(), occurredAt: now };
  await recordTimeline(tx, {
    shopId,
    events: [
      complained
        ? { ...event, kind: 'email_complained', data }
        : {
            ...event,
            kind: 'email_bounced',
            data: { ...data, reason: kind === 'hard_bounce' ? 'unknown_user' : 'undeliverable' },
          },
    ],
  });
  await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
  return true;
}

async function endSubscription(tx: Tx, { shopId, message }: LinkedMail, now: Date): Promise<void> {
  const { profileId } = message;
  const { changed } = await unsubscribe(tx, {
    shopId,
    profileId,
    source: 'complaint',
    key: `complaint:${message.id}`,
    evidence: { messageId: message.id.toString(), templateKey: message.templateKey },
    now,
  });
  if (changed) await exitRuns(tx, { shopId, profileIds: [profileId], event: 'unsubscribed', now });
}
