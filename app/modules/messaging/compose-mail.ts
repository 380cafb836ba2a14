import type { OutgoingMail } from '~/platform/mail/transport.server';
import type { RenderedMail } from './types';

/** Who a shop's mails come from. */
export interface Sender {
  name: string;
  address: string;
  replyTo: string | null;
}

/**
 * A rendered mail with its headers. The Message-ID is made of the message's token, so that a mail has one id however often
 * it is tried. Everything with an unsubscribe link can be left with one click (RFC 8058).
 */
export function composeMail(input: {
  token: string;
  to: string;
  mail: RenderedMail;
  sender: Sender;
  unsubscribeUrl: string | null;
  feedbackId: string;
}): OutgoingMail {
  const { token, to, mail, sender, unsubscribeUrl } = input;
  return {
    messageId: messageIdOf(token, sender.address),
    from: { name: sender.name, address: sender.address },
    to,
    replyTo: sender.replyTo,
    subject: mail.subject,
    html: mail.html,
    text: mail.text,
    headers: {
      ...(unsubscribeUrl && {
        'List-Unsubscribe': `<${unsubscribeUrl}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
      'Feedback-ID': input.feedbackId,
    },
  };
}

export function messageIdOf(token: string, senderAddress: string): string {
  return `${token}@${senderAddress.split('@').at(-1) ?? 'localhost'}`;
}
