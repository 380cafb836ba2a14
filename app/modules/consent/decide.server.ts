import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { decisionTime } from './newest';
import { oweDecisions } from './owe-decisions.server';
import { consentSources, consentStates, type ConsentDecision, type ConsentLevel } from './types';

const knownSchema = z
  .array(z.object({ state: z.enum(consentStates), source: z.enum(consentSources), consented_at: z.date() }))
  .length(1);
const never = new Date(0);

/** What `subscribe` and `unsubscribe` share. Not for others: use those two. */
export async function decide(
  tx: Tx,
  input: ConsentDecision & { wanted: 'subscribed' | 'unsubscribed'; level: ConsentLevel | null },
): Promise<{ changed: boolean }> {
  const { shopId, profileId, wanted, level, source, key } = input;
  // Locks the row, there from before or made now, so that two decisions of one person at once are made one after the other.
  const [known] = knownSchema.parse(
    await tx.$queryRaw`
      INSERT INTO consents (shop_id, profile_id, channel, state, source, consented_at)
      VALUES (${shopId}, ${profileId}, 'email', 'not_subscribed', ${source}, ${never})
      ON CONFLICT (shop_id, profile_id, channel) DO UPDATE SET state = consents.state
      RETURNING state, source, consented_at`,
  );
  const at = decisionTime(
    known ? { state: known.state, source: known.source, consentedAt: known.consented_at } : null,
    wanted,
    input.now,
  );
  if (!at) return { changed: false };
  await tx.$executeRaw`
    INSERT INTO consent_events (shop_id, profile_id, channel, state, level, source, key, evidence, occurred_at)
    VALUES (${shopId}, ${profileId}, 'email', ${wanted}, ${level}, ${source}, ${key}, ${JSON.stringify(input.evidence)}::jsonb, ${at})
    ON CONFLICT (shop_id, key) DO NOTHING`;
  await tx.$executeRaw`
    UPDATE consents SET state = ${wanted}, level = ${level}, source = ${source}, consented_at = ${at}
    WHERE shop_id = ${shopId} AND profile_id = ${profileId} AND channel = 'email'`;
  await oweDecisions(tx, { shopId, profileIds: [profileId] });
  return { changed: true };
}
