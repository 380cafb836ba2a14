import type { Tx } from '~/platform/db/index.server';

/** Moves the mails of merged profiles to the survivor, so that their links act on the person there is. Idempotent. */
export async function mergeMessages(
  tx: Tx,
  input: { shopId: number; merges: { fromProfileId: bigint; intoProfileId: bigint }[] },
): Promise<void> {
  if (input.merges.length === 0) return;
  const from = input.merges.map((merge) => merge.fromProfileId);
  const into = input.merges.map((merge) => merge.intoProfileId);
  await tx.$executeRaw`
    UPDATE messages x SET profile_id = m.into_id
    FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
    WHERE x.shop_id = ${input.shopId} AND x.profile_id = m.from_id`;
  await tx.$executeRaw`
    UPDATE send_decisions x SET profile_id = m.into_id
    FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
    WHERE x.shop_id = ${input.shopId} AND x.profile_id = m.from_id`;
}
