import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { findProfileTier } from './find-profile-tier.server';
import { findProfileView } from './find-profile-view.server';
import { getShopView } from './get-shop-view.server';
import { listCarts } from './list-carts.server';
import { listProfileConsent } from './list-profile-consent.server';
import { listProfileLedger } from './list-profile-ledger.server';
import { listProfileOrders } from './list-profile-orders.server';
import { listProfileSends } from './list-profile-sends.server';
import { listProfileTimeline } from './list-profile-timeline.server';
import type { PageCursor, ProfilePage, ProfileTab, ProfileTabContent } from './types';

const limit = 25;

interface Input {
  shopId: number;
  profileId: bigint;
  tab: ProfileTab;
  cursor: PageCursor;
}

/**
 * A person and one tab of what is known about them. `mergedInto` names the profile that took this one over, whose page is
 * the one to show. Throws not_found. Four queries, whatever the tab.
 */
export async function getProfilePage(
  tx: Tx,
  input: Input,
): Promise<ProfilePage & { mergedInto: string | null }> {
  const found = await findProfileView(tx, input);
  if (!found) throw notFound('customer');
  return {
    ...found,
    tier: await findProfileTier(tx, input),
    shop: await getShopView(tx, input),
    content: await readTab(tx, input),
  };
}

async function readTab(tx: Tx, { tab, ...rest }: Input): Promise<ProfileTabContent> {
  const input = { ...rest, limit };
  switch (tab) {
    case 'timeline':
      return { tab, page: await listProfileTimeline(tx, input) };
    case 'points':
      return { tab, page: await listProfileLedger(tx, input) };
    case 'messages':
      return { tab, page: await listProfileSends(tx, input) };
    case 'orders':
      return { tab, page: await listProfileOrders(tx, input) };
    case 'carts':
      return { tab, page: await listCarts(tx, { ...input, of: { profileId: input.profileId } }) };
    case 'consent':
      return { tab, page: await listProfileConsent(tx, input) };
  }
}
