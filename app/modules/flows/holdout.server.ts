import { contentHash } from '~/platform/crypto.server';

/**
 * Whether this person is kept back from this flow. The same answer every time (a person is either treated or not), and
 * raising the percentage only adds people.
 */
export function isHeldOut(input: {
  shopId: number;
  flowKey: string;
  profileId: bigint;
  percent: number;
}): boolean {
  const { shopId, flowKey, profileId, percent } = input;
  const hash = Buffer.from(contentHash(`holdout:${shopId}:${flowKey}:${profileId}`), 'base64url');
  return hash.readUInt32BE(0) % 10_000 < percent * 100;
}
