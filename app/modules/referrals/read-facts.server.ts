import { z } from 'zod';
import { listOrderMoney } from '~/modules/orders/index.server';
import type { Tx } from '~/platform/db/index.server';
import { plainerEmails } from '~/platform/mailbox';
import { decimal } from '~/platform/money';
import { evidenceSchema, evidenceKinds, judgeReferral, type Evidence, type Participant } from './evidence';
import { readParticipants } from './read-participants.server';
import { readProgramme } from './programme-row.server';
import type { ReferralProgramme } from './programme';
import type { ReferralDecision, ReferralFacts, ReferralOrder } from './referral-state';

/** A referral whose row is locked. */
export interface LockedReferral {
  id: bigint;
  advocateId: bigint;
  friendId: bigint;
  programmeVersion: number;
  claimedAt: Date;
  state: string;
  why: string | null;
  evidence: unknown;
  orderId: bigint | null;
  holdUntil: Date | null;
  dueAt: Date | null;
  decision: string | null;
  accepted: unknown;
  rewardPoints: number;
  moves: number;
  offerState: string;
  offerCode: string;
  offerExpiresAt: Date | null;
  discountId: bigint | null;
}

interface Found {
  id: bigint;
  order_id: bigint | null;
  buyer_id: bigint | null;
  gross: { toString(): string } | null;
  bought_before: boolean;
  referred_before: boolean;
  known_door: boolean;
  claims_from_network: bigint;
  claims_in_hour: bigint;
  networks_in_day: bigint;
  erased: boolean;
}

export interface KnownReferral {
  row: LockedReferral;
  programme: ReferralProgramme;
  facts: ReferralFacts;
  erased: boolean; // the advocate is gone: nobody is left to reward
}

/** Of an advocate's claims so many, the last ones before it: whoever is many friends at once comes again soon. */
const doorsCompared = 100;

/** All that is known about these referrals, in a handful of statements. Lock them first. */
export async function readFacts(
  tx: Tx,
  { shopId, rows }: { shopId: number; rows: LockedReferral[] },
): Promise<KnownReferral[]> {
  const found = await findCircumstances(tx, shopId, rows);
  const programmes = await readProgrammes(tx, shopId, rows);
  const orders = await readOrders(tx, shopId, [...found.values()]);
  const buyerIds = [...found.values()].flatMap(({ buyer_id }) => buyer_id ?? []);
  const friendIds = [...rows.map(({ friendId }) => friendId), ...buyerIds];
  const profileIds = [...rows.map(({ advocateId }) => advocateId), ...friendIds];
  const people = await readParticipants(tx, { shopId, profileIds });
  const friends = friendIds.flatMap((id) => people.get(id) ?? []);
  const bought = await findBuyersOf(tx, shopId, friends);
  return rows.flatMap((row) => {
    const terms = programmes.get(row.programmeVersion);
    const its = found.get(row.id);
    if (!terms || !its) return [];
    const evidence = evidenceOf(row, its, terms, { people, bought });
    const order = its.order_id === null ? null : (orders.get(its.order_id) ?? null);
    return [
      {
        row,
        programme: terms,
        erased: its.erased,
        facts: { terms, evidence, order, decision: decisionOf(row) },
      },
    ];
  });
}

/**
 * The friend's order and what surrounds the claim: by the code an order carries first, by who placed it otherwise. Once the hold
 * of their own was over, it has settled it: the code, used later, moves no reward.
 */
async function findCircumstances(
  tx: Tx,
  shopId: number,
  rows: LockedReferral[],
): Promise<Map<bigint, Found>> {
  const ids = rows.map(({ id }) => id);
  // Shopify dates orders in whole seconds: one in the second of the claim came after it. One that ended before it was paid is none.
  const found = await tx.$queryRaw<Found[]>`
    SELECT r.id, c.order_id, c.buyer_id, a.redacted_at IS NOT NULL AS erased,
      (SELECT sum(l.price * l.quantity) FROM order_lines l
       WHERE l.shop_id = r.shop_id AND l.order_id = c.order_id AND NOT l.is_gift_card) AS gross,
      EXISTS (SELECT 1 FROM orders o
        WHERE o.shop_id = r.shop_id AND o.profile_id = ANY (ARRAY[r.friend_id, c.buyer_id]) AND o.processed_at < date_trunc('second', r.claimed_at)
          AND o.paid_at IS NOT NULL AND NOT o.test) AS bought_before,
      EXISTS (SELECT 1 FROM referrals e
        WHERE e.shop_id = r.shop_id AND e.friend_id = r.friend_id AND (e.claimed_at, e.id) < (r.claimed_at, r.id)) AS referred_before,
      EXISTS (SELECT 1 FROM orders own
        JOIN LATERAL (SELECT e.friend_id FROM referrals e
          WHERE e.shop_id = r.shop_id AND e.advocate_id = r.advocate_id AND (e.claimed_at, e.id) < (r.claimed_at, r.id)
          ORDER BY e.claimed_at DESC, e.id DESC LIMIT ${doorsCompared}) earlier ON earlier.friend_id <> r.friend_id
        JOIN orders o ON o.shop_id = r.shop_id AND o.profile_id = earlier.friend_id AND o.address_hash = own.address_hash AND NOT o.test
        WHERE own.shop_id = r.shop_id AND own.id = c.order_id) AS known_door,
      (SELECT count(*) FROM referrals e WHERE e.shop_id = r.shop_id AND e.ip_hash = r.ip_hash
        AND e.claimed_at BETWEEN r.claimed_at - interval '30 days' AND r.claimed_at + interval '30 days') AS claims_from_network,
      (SELECT count(*) FROM referrals e WHERE e.shop_id = r.shop_id AND e.advocate_id = r.advocate_id
        AND e.claimed_at BETWEEN r.claimed_at - interval '1 hour' AND r.claimed_at + interval '1 hour') AS claims_in_hour,
      (SELECT count(DISTINCT e.ip_hash) FROM referrals e WHERE e.shop_id = r.shop_id AND e.advocate_id = r.advocate_id
        AND e.claimed_at BETWEEN r.claimed_at - interval '1 day' AND r.claimed_at + interval '1 day') AS networks_in_day
    FROM referrals r
    JOIN profiles a ON a.shop_id = r.shop_id AND a.id = r.advocate_id
    JOIN referral_programmes t ON t.shop_id = r.shop_id AND t.version = r.programme_version
    LEFT JOIN LATERAL (
      SELECT x.order_id, x.buyer_id FROM (
        SELECT o.id AS order_id, o.profile_id AS buyer_id, o.processed_at, o.paid_at, true AS carries, NULL::timestamptz AS settled_at
        FROM order_discounts d JOIN orders o ON o.shop_id = d.shop_id AND o.id = d.order_id
        WHERE d.shop_id = r.shop_id AND upper(d.code) = r.offer_code AND NOT o.test
          AND (o.paid_at IS NOT NULL OR coalesce(o.cancelled_at, o.deleted_at) IS NULL)
        UNION ALL
        (SELECT o.id, o.profile_id, o.processed_at, o.paid_at, false, CASE WHEN o.cancelled_at IS NULL AND coalesce(t.minimum_order, 0) <= (
            SELECT sum(l.price * l.quantity) FROM order_lines l WHERE l.shop_id = o.shop_id AND l.order_id = o.id AND NOT l.is_gift_card)
          THEN o.paid_at + make_interval(days => t.hold_days) END
        FROM orders o
        WHERE o.shop_id = r.shop_id AND o.profile_id = r.friend_id AND o.processed_at >= date_trunc('second', r.claimed_at) AND NOT o.test
          AND (o.paid_at IS NOT NULL OR coalesce(o.cancelled_at, o.deleted_at) IS NULL)
        ORDER BY o.paid_at IS NULL, o.processed_at, o.id LIMIT 1)) x
      ORDER BY x.carries AND x.processed_at < coalesce(min(x.settled_at) OVER (), 'infinity') DESC,
        x.paid_at IS NULL, x.processed_at, x.order_id LIMIT 1) c ON true
    WHERE r.shop_id = ${shopId} AND r.id = ANY (${ids}::bigint[])`;
  return new Map(found.map((row) => [row.id, row]));
}

async function readProgrammes(
  tx: Tx,
  shopId: number,
  rows: LockedReferral[],
): Promise<Map<number, ReferralProgramme>> {
  const versions = [...new Set(rows.map(({ programmeVersion }) => programmeVersion))];
  const known = await tx.referralProgramme.findMany({ where: { shopId, version: { in: versions } } });
  return new Map(known.map((row) => [row.version, readProgramme(row)]));
}

async function readOrders(tx: Tx, shopId: number, found: Found[]): Promise<Map<bigint, ReferralOrder>> {
  const orderIds = found.flatMap(({ order_id }) => order_id ?? []);
  const gross = new Map(found.map((row) => [row.order_id, decimal(row.gross ?? '0')]));
  const money = await listOrderMoney(tx, { shopId, orderIds: [...new Set(orderIds)] });
  return new Map(
    money.map(({ orderId, paidAt, cancelledAt, deletedAt, goods, refunds }) => [
      orderId,
      {
        orderId,
        paidAt,
        endedAt: cancelledAt ?? deletedAt,
        gross: gross.get(orderId) ?? decimal('0'),
        goods,
        refunds: refunds.map((refund) => ({
          processedAt: refund.processedAt,
          goods: refund.goods.plus(refund.adjustments),
        })),
      },
    ]),
  );
}

/** When somebody first bought under a plainer writing of these people's addresses, by that writing; nobody is asked where there is none. */
async function findBuyersOf(tx: Tx, shopId: number, people: Participant[]): Promise<Map<string, Date>> {
  const written = people.flatMap(({ emails }) => emails.flatMap(plainerEmails));
  if (written.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ value: string; at: Date }[]>`
    SELECT i.value, min(o.processed_at) AS at FROM profile_identities i
    JOIN orders o ON o.shop_id = i.shop_id AND o.profile_id = i.profile_id AND o.paid_at IS NOT NULL AND NOT o.test
    WHERE i.shop_id = ${shopId} AND i.kind = 'email' AND i.value = ANY (${[...new Set(written)]}::text[])
    GROUP BY i.value`;
  return new Map(rows.map(({ value, at }) => [value, at]));
}

const storedEvidence = z.array(evidenceSchema);

/** Of somebody who was erased nothing can be compared any more: what was found before stays. */
function evidenceOf(
  row: LockedReferral,
  its: Found,
  terms: ReferralProgramme,
  { people, bought }: { people: Map<bigint, Participant>; bought: Map<string, Date> },
): Evidence[] {
  const advocate = people.get(row.advocateId);
  const friend = people.get(row.friendId);
  if (!advocate || !friend) return storedEvidence.parse(row.evidence);
  const buyer = its.buyer_id === null ? undefined : people.get(its.buyer_id);
  const friends = buyer && buyer.profileId !== friend.profileId ? [friend, buyer] : [friend];
  const isOld = (email: string): boolean => {
    const at = bought.get(email);
    return at !== undefined && Math.floor(at.getTime() / 1_000) < Math.floor(row.claimedAt.getTime() / 1_000);
  };
  return judgeReferral({
    advocate,
    friends,
    firstOrderOnly: terms.firstOrderOnly,
    boughtBefore:
      its.bought_before || friends.some(({ emails }) => emails.flatMap(plainerEmails).some(isOld)),
    referredBefore: its.referred_before,
    knownDoor: its.known_door,
    claimsFromNetwork: Number(its.claims_from_network),
    claimsInHour: Number(its.claims_in_hour),
    networksInDay: Number(its.networks_in_day),
  });
}

function decisionOf({ decision, accepted }: LockedReferral): ReferralDecision | null {
  if (decision === null) return null;
  const kind = decision === 'approved' ? ('approved' as const) : ('rejected' as const);
  return { kind, accepted: z.array(z.enum(evidenceKinds)).parse(accepted) };
}
