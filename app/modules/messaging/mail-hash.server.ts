import { contentHash } from '~/platform/crypto.server';
import type { RenderedMail } from './types';

/** One hash over all that a recipient sees. */
export function mailHash(mail: RenderedMail): string {
  return contentHash(JSON.stringify([mail.subject, mail.html, mail.text]));
}
