import type { Tx } from '~/platform/db/index.server';
import { listSuppressed } from './list-suppressed.server';
import type { RecipientVerdict } from './types';

interface Recipient {
  profileId: bigint;
  email: string | null;
}

/** Whether marketing may go to these people now, in their order. Two queries, however many people. */
export async function checkRecipients(
  tx: Tx,
  input: { shopId: number; recipients: Recipient[] },
): Promise<RecipientVerdict[]> {
  const { shopId, recipients } = input;
  if (recipients.length === 0) return [];
  const ids = recipients.map((recipient) => recipient.profileId);
  const rows = await tx.$queryRaw<{ profile_id: bigint }[]>`
    SELECT profile_id FROM consents
    WHERE shop_id = ${shopId} AND channel = 'email' AND state = 'subscribed' AND profile_id = ANY(${ids}::bigint[])`;
  const subscribed = new Set(rows.map((row) => row.profile_id));
  const emails = recipients.flatMap((recipient) => (recipient.email ? [recipient.email] : []));
  const suppressed = await listSuppressed(tx, { shopId, emails });
  return recipients.map((recipient) => verdict(recipient, subscribed, suppressed));
}

function verdict(recipient: Recipient, subscribed: Set<bigint>, suppressed: Set<string>): RecipientVerdict {
  if (!recipient.email) return 'no_email';
  if (suppressed.has(recipient.email)) return 'suppressed';
  return subscribed.has(recipient.profileId) ? 'ok' : 'not_subscribed';
}
