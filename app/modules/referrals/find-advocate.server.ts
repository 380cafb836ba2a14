import type { Tx } from '~/platform/db/index.server';

/** Whose link it is, by its code as somebody typed it; null for none, and for people who were erased. */
export async function findAdvocate(
  tx: Tx,
  input: { shopId: number; code: string },
): Promise<{ code: string; advocateId: bigint; firstName: string | null } | null> {
  const [row] = await tx.$queryRaw<{ code: string; profile_id: bigint; first_name: string | null }[]>`
    SELECT c.code, c.profile_id, p.first_name FROM referral_codes c
    JOIN profiles p ON p.shop_id = c.shop_id AND p.id = c.profile_id AND p.redacted_at IS NULL AND p.deleted_at IS NULL
    WHERE c.shop_id = ${input.shopId} AND c.code = ${input.code.trim().toUpperCase().slice(0, 40)}`;
  return row ? { code: row.code, advocateId: row.profile_id, firstName: row.first_name } : null;
}
