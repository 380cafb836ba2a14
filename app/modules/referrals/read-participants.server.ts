import type { Tx } from '~/platform/db/index.server';
import type { Participant } from './evidence';

interface Row {
  id: bigint;
  first_name: string | null;
  last_name: string | null;
  emails: string[];
  phones: string[];
  address_hashes: string[];
  device_hashes: string[];
}

/** Of somebody's orders so many, the last ones: where they went long ago says little. */
const ordersCompared = 50;

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
             WHERE r.shop_id = p.shop_id AND r.friend_id = p.id AND r.device_hash IS NOT NULL
             UNION SELECT d.device_hash FROM referral_devices d
             WHERE d.shop_id = p.shop_id AND d.profile_id = p.id) AS device_hashes,
      ARRAY (SELECT DISTINCT x.address_hash FROM (
               SELECT o.address_hash FROM orders o
               WHERE o.shop_id = p.shop_id AND o.profile_id = p.id AND NOT o.test
               ORDER BY o.processed_at DESC, o.id DESC LIMIT ${ordersCompared}) x
             WHERE x.address_hash IS NOT NULL) AS address_hashes
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
        addressHashes: row.address_hashes,
        deviceHashes: row.device_hashes,
      },
    ]),
  );
}
