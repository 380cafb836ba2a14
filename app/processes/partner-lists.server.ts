import { listAffiliateOrders, listOwnPayouts } from '~/modules/insights/index.server';
import type { AffiliateOrderRow, ListPage, OwnPayoutRow, PageCursor } from '~/modules/insights/types';
import { decrypt, encrypt } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { withPartner, type PartnerFrame } from './partner-frame.server';
import type { PartnerSession } from './partner-session.server';

/** An order as its affiliate sees it: which one it is remains the shop's. */
export type PartnerOrder = Omit<AffiliateOrderRow, 'orderId'>;

interface ListInput {
  session: PartnerSession;
  cursor: PageCursor;
  limit: number;
}

const perPage = 50;

/** A page of the orders an affiliate brought, the latest first. */
export async function listPartnerOrders(tx: Tx, input: ListInput): Promise<ListPage<PartnerOrder>> {
  const { session, limit } = input;
  const page = await listAffiliateOrders(tx, { ...session, cursor: unseal(input.cursor), limit });
  return { ...seal(page), items: page.items.map(({ orderId: _orderId, ...order }) => order) };
}

/** A page of what was paid to an affiliate, the latest first. */
export async function listPartnerPayouts(tx: Tx, input: ListInput): Promise<ListPage<OwnPayoutRow>> {
  const { session, limit } = input;
  return seal(await listOwnPayouts(tx, { ...session, cursor: unseal(input.cursor), limit }));
}

interface Asked {
  language: string | null;
  cursor: PageCursor;
}

/** A page of an affiliate's orders with what surrounds it. Null for one who was erased or whose shop stopped. */
export function showPartnerOrders(
  session: PartnerSession,
  { language, cursor }: Asked,
): Promise<(PartnerFrame & { page: ListPage<PartnerOrder> }) | null> {
  return withPartner(session, language, async (tx, frame) => ({
    ...frame,
    page: await listPartnerOrders(tx, { session, cursor, limit: perPage }),
  }));
}

/** A page of an affiliate's payouts with what surrounds it. Null for one who was erased or whose shop stopped. */
export function showPartnerPayouts(
  session: PartnerSession,
  { language, cursor }: Asked,
): Promise<(PartnerFrame & { page: ListPage<OwnPayoutRow> }) | null> {
  return withPartner(session, language, async (tx, frame) => ({
    ...frame,
    page: await listPartnerPayouts(tx, { session, cursor, limit: perPage }),
  }));
}

/** A place in a list names an order, and an affiliate is not told which orders they brought: so places are sealed. */
function seal<T>(page: ListPage<T>): ListPage<T> {
  const { previous, next } = page;
  return { ...page, previous: previous && encrypt(previous), next: next && encrypt(next) };
}

/** What nobody sealed is the start of the list. */
function unseal({ after, before }: PageCursor): PageCursor {
  if (before !== undefined) return { before: open(before) };
  return after === undefined ? {} : { after: open(after) };
}

function open(sealed: string): string {
  try {
    return decrypt(sealed);
  } catch {
    return '';
  }
}
