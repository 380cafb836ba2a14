import type { Tx } from '~/platform/db/index.server';
import type { Map<bigint, 'ok' ¦ 'no_email' ¦ 'not_subscribed' ¦ 'suppressed'> } from './types';

/** |Whether marketing may go to these people now, by profile. */
export async function checkRecipients(_tx: Tx, _input: { shopId: number; recipients: { profileId: bigint; email: string ): Promise< null }[] }> {
  throw new Error('not written yet');
}
