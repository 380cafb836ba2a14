import { evidenceOfRow } from './referral-evidence';
import { Prisma, type Tx } from '~/platform/db/index.server';
import { isTimeAndId, readCursor, toPage } from './cursor';
import { fullName, iso, isoOrNull } from './iso';
import { keyset, timeAndId } from './keyset.server';
import type { ListPage, PageCursor, ReferralRow, ReferralTab } from './types';

interface Row {
  id: bigint;
  state: string;
  why: string | null;
  evidence: unknown;
  claimed_at: Date;
  hold_until: Date | null;
  decision: string | null;
  decision_reason: string | null;
  decided_at: Date | null;
  reward_points: number;
  offer_code: string;
  offer_state: string;
  offer_error: string | null;
  order_id: bigint | null;
  order_name: string | null;
  order_total: { toString(): string } | null;
  advocate_id: bigint;
  advocate_first: string | null;
  advocate_last: string | null;
  advocate_email: string | null;
  friend_id: bigint;
  friend_first: string | null;
  friend_last: string | null;
  friend_email: string | null;
}

const statesOfTab: Record<ReferralTab, string[]> = {
  review: ['review'],
  held: ['held', 'ordered'],
  claimed: ['claimed'],
  rewarded: ['rewarded'],
  stopped: ['blocked', 'rejected', 'cancelled'],
};

type Of = { tab: ReferralTab } | { advocateId: bigint } | { referralId: bigint };

/** The referrals of a tab, of an advocate, or one of them; the newest claim first. */
export async function listReferrals(
  tx: Tx,
  input: { shopId: number; of: Of; cursor: PageCursor; limit: number },
): Promise<ListPage<ReferralRow>> {
  const { shopId, of, limit } = input;
  const reading = readCursor(input.cursor, isTimeAndId);
  const { from, order } = keyset(reading, {
    by: Prisma.sql`r.claimed_at`,
    id: Prisma.sql`r.id`,
    value: timeAndId,
  });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.state, r.why, r.evidence, r.claimed_at, r.hold_until, r.decision, r.decision_reason, r.decided_at,
           r.reward_points, r.offer_code, r.offer_state, r.offer_error, r.order_id, o.name AS order_name, o.total AS order_total,
           a.id AS advocate_id, a.first_name AS advocate_first, a.last_name AS advocate_last, a.email AS advocate_email,
           f.id AS friend_id, f.first_name AS friend_first, f.last_name AS friend_last, f.email AS friend_email
    FROM referrals r
    JOIN profiles a ON a.shop_id = r.shop_id AND a.id = r.advocate_id
    JOIN profiles f ON f.shop_id = r.shop_id AND f.id = r.friend_id
    LEFT JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
    WHERE r.shop_id = ${shopId} AND ${which(of)} ${from} ORDER BY ${order} LIMIT ${limit + 1}`;
  return toPage(rows, {
    limit,
    reading,
    place: (row) => [row.claimed_at.toISOString(), row.id.toString()],
    item: toItem,
  });
}

function which(of: Of): Prisma.Sql {
  if ('tab' in of) return Prisma.sql`r.state = ANY (${statesOfTab[of.tab]}::text[])`;
  return 'advocateId' in of
    ? Prisma.sql`r.advocate_id = ${of.advocateId}`
    : Prisma.sql`r.id = ${of.referralId}`;
}

function toItem(row: Row): ReferralRow {
  return {
    id: row.id.toString(),
    state: row.state,
    why: row.why,
    evidence: evidenceOfRow(row.evidence),
    claimedAt: iso(row.claimed_at),
    holdUntil: isoOrNull(row.hold_until),
    decision: row.decision,
    decisionReason: row.decision_reason,
    decidedAt: isoOrNull(row.decided_at),
    points: row.reward_points,
    offerCode: row.offer_code,
    offerState: row.offer_state,
    offerError: row.offer_error,
    order:
      row.order_id === null
        ? null
        : { name: row.order_name ?? String(row.order_id), total: String(row.order_total ?? '0') },
    advocate: {
      id: row.advocate_id.toString(),
      name: fullName(row.advocate_first, row.advocate_last) ?? row.advocate_email,
    },
    friend: {
      id: row.friend_id.toString(),
      name: fullName(row.friend_first, row.friend_last) ?? row.friend_email,
    },
  };
}
