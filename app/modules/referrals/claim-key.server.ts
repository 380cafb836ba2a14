import { keyedHash } from '~/platform/crypto.server';
import { canonicalEmail } from '~/platform/mailbox';

/** What makes a claim one and the same: the friend's mailbox, as a keyed hash that tells nobody which. */
export function claimKey(shopId: number, email: string): string {
  return keyedHash(`referral claim:${shopId}:${canonicalEmail(email)}`);
}
