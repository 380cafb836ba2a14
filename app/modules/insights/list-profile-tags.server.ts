import type { Tx } from '~/platform/db/index.server';

/** The tags the shop's people have, in order: by jumping from tag to tag through the index, so that their number does not matter. */
export async function listProfileTags(tx: Tx, input: { shopId: number; limit: number }): Promise<string[]> {
  const { shopId, limit } = input;
  const rows = await tx.$queryRaw<{ tag: string }[]>`
    WITH RECURSIVE tags AS (
      (SELECT tag FROM profile_tags WHERE shop_id = ${shopId} ORDER BY tag LIMIT 1)
      UNION ALL
      SELECT (SELECT g.tag FROM profile_tags g WHERE g.shop_id = ${shopId} AND g.tag > tags.tag ORDER BY g.tag LIMIT 1)
      FROM tags WHERE tags.tag IS NOT NULL)
    SELECT tag FROM tags WHERE tag IS NOT NULL LIMIT ${limit}`;
  return rows.map((row) => row.tag);
}
