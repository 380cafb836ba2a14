import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { consentLevels, consentSources, consentStates, type ConsentNow } from './types';

const rowSchema = z.object({
  state: z.enum(consentStates),
  level: z.enum(consentLevels).nullable(),
  source: z.enum(consentSources),
  consentedAt: z.date(),
});

/** The e-mail consent of a profile now; `not_subscribed` when nothing was ever told. */
export async function getConsent(tx: Tx, input: { shopId: number; profileId: bigint }): Promise<ConsentNow> {
  const { shopId, profileId } = input;
  const row = await tx.consent.findUnique({
    where: { shopId_profileId_channel: { shopId, profileId, channel: 'email' } },
  });
  if (!row) return { state: 'not_subscribed', level: null, source: null, consentedAt: null };
  return rowSchema.parse(row);
}
