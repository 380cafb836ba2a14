import { contentHash } from '~/platform/crypto.server';
import type { RenderedMail } from './types';

/** One hash over all that a recipient sees. */
export function mailHash(mail: RenderedMail): string {
  return contentHash(`${mail.subject}\u0000${mail.html}\u0000${mail.text}`);
}
