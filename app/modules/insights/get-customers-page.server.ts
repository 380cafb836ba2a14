import type { Tx } from '~/platform/db/index.server';
import { getShopView } from './get-shop-view.server';
import { listProfileTags } from './list-profile-tags.server';
import { listProfiles } from './list-profiles.server';
import { measureProfiles } from './measure-profiles.server';
import { readByKey } from './read-by-key.server';
import type { CustomersPage, ProfileQuery } from './types';

const limit = 50;

export async function getCustomersPage(
  tx: Tx,
  input: { shopId: number; query: ProfileQuery },
): Promise<CustomersPage> {
  const { shopId, query } = input;
  const shop = await getShopView(tx, { shopId });
  await readByKey(tx);
  const { count, common } = await measureProfiles(tx, { shopId, query });
  const profiles = await listProfiles(tx, { shopId, query, limit, common });
  const tags = await listProfileTags(tx, { shopId, limit: 100 });
  const [any] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM profiles WHERE shop_id = ${shopId} LIMIT 1`;
  return { shop, profiles, count, tags, empty: any === undefined };
}
