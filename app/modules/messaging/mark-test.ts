import type { MessageKind, RenderedMail } from './types';

/** A test mail says so in its subject, the same word in each language. */
export function markTest(kind: MessageKind, mail: RenderedMail): RenderedMail {
  return kind === 'test' ? { ...mail, subject: `[Test] ${mail.subject}` } : mail;
}
