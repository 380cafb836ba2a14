import type { Tx } from '~/platform/db/index.server';
import { fullName, iso } from './iso';
import type { HealthPage } from './types';

interface Row {
  id: bigint;
  template_key: string;
  profile_id: bigint;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  created_at: Date;
}

/** Mails of which nobody knows whether they were sent: the process died between handing one over and writing it down. */
export async function listUnknownMails(
  tx: Tx,
  input: { shopId: number; limit: number },
): Promise<HealthPage['unknownMails']> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT m.id, m.template_key, m.profile_id, p.first_name, p.last_name, p.email, m.created_at FROM messages m
    LEFT JOIN profiles p ON p.shop_id = m.shop_id AND p.id = m.profile_id
    WHERE m.shop_id = ${input.shopId} AND m.status = 'unknown' ORDER BY m.created_at DESC, m.id DESC LIMIT ${input.limit}`;
  return rows.map((row) => ({
    id: String(row.id),
    templateKey: row.template_key,
    profileId: String(row.profile_id),
    profileName: fullName(row.first_name, row.last_name) ?? row.email,
    createdAt: iso(row.created_at),
  }));
}
