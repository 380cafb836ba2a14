import { z } from 'zod';
import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { claimKey } from './claim-key.server';
import { deviceHash } from './device-hash.server';
import { findProgramme } from './find-programme.server';
import { newOfferCode } from './new-code.server';
import { offerEnd } from './offer-end';
import { readReferral } from './referral-row.server';
import type { Referral } from './types';

export interface RecordClaimInput {
  shopId: number;
  advocateId: bigint;
  code: string; // the advocate's
  friendId: bigint;
  email: string; // the friend's, as typed
  ip: string | null;
  userAgent: string | null;
  now: Date;
}

/**
 * Somebody claims a friend's offer. A mailbox claims once: claiming again, also through another link, answers the first
 * claim. Address and browser are kept as keyed hashes. Throws `conflict` while the programme is off. Follow with
 * processes/settle-referrals, which finds what speaks against it.
 */
export async function recordClaim(
  tx: Tx,
  input: RecordClaimInput,
): Promise<{ referral: Referral; isNew: boolean }> {
  const { shopId, now } = input;
  const key = claimKey(shopId, z.email().parse(input.email.trim().toLowerCase()));
  const programme = await findProgramme(tx, { shopId });
  if (!programme?.enabled)
    throw new AppError('conflict', {
      message: 'referral: the programme is off',
      userMessage: 'This offer has ended.',
    });
  const row = {
    shopId,
    claimKey: key,
    advocateId: input.advocateId,
    friendId: input.friendId,
    code: input.code,
    programmeVersion: programme.version,
    claimedAt: now,
    ipHash: input.ip === null ? null : keyedHash(`network:${shopId}:${input.ip}`),
    deviceHash: deviceHash(shopId, input),
    offerCode: newOfferCode(),
    offerExpiresAt: offerEnd(programme, now),
  };
  const { count } = await tx.referral.createMany({ data: [row], skipDuplicates: true });
  const known = await tx.referral.findUniqueOrThrow({
    where: { shopId_claimKey: { shopId, claimKey: key } },
  });
  return { referral: readReferral(known), isNew: count === 1 };
}
