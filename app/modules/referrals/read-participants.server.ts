import type { Tx } from '~/platform/db/index.server';
import type { Participant } from './evidence';

interface Row {
  id: bigint;
  first_name: string | null;
  last_name: string | null;
  emails: string[];
  phones: string[];
  device_hashes: string[];
}

/** Everything these people can be recognised by. Those who were erased are left out. */
export async function readParticipants(
  tx: Tx,
  { shopId, profileIds }: { shopId: number; profileIds: bigint[] },
): Promise<Map<bigint, Participant>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT p.id, p.first_name, p.last_name,
      ARRAY (SELECT i.value FROM profile_identities i WHERE i.shop_id = p.shop_id AND i.profile_id = p.id AND i.kind = 'email'
             UNION SELECT p.email WHERE p.email IS NOT NULL) AS emails,
      ARRAY (SELECT i.value FROM profile_identities i WHERE i.shop_id = p.shop_id AND i.profile_id = p.id AND i.kind = 'phone'
             UNION SELECT p.phone WHERE p.phone IS NOT NULL) AS phones,
      ARRAY (SELECT r.device_hash FROM referrals r
             WHERE r.shop_id = p.shop_id AND r.friend_id = p.id AND r.device_hash IS NOT NULL) AS device_hashes
    FROM profiles p
    WHERE p.shop_id = ${shopId} AND p.id = ANY (${[...new Set(profileIds)]}::bigint[]) AND p.redacted_at IS NULL`;
  return new Map(
    rows.map((row) => [
      row.id,
      {
        profileId: row.id,
        firstName: row.first_name,
        lastName: row.last_name,
        emails: row.emails,
        phones: row.phones,
        addressHashes: [],
        deviceHashes: row.device_hashes,
      },
    ]),
  );
}
