import type { Tx } from '~/platform/db/index.server';
import type { Posting, TransactionInput } from '../ledger-input';
import { postTransactions } from '../post-transactions.server';
import { deletedInShopify } from './points-back';
import { endedMarginMs, isDiscount, type Redemption, type RedemptionState } from './reward';
import { lookAgainAt } from './told-code';

const openStates: readonly RedemptionState[] = ['reserved', 'confirmed', 'unknown'];

/** Where a redemption goes. What is left out stays as it is. */
export interface Move {
  redemption: Redemption; // locked by the caller
  kind: 'reserve' | 'redeem' | 'unreserve' | 'return';
  state: RedemptionState;
  held: number;
  spent: number;
  discountId?: bigint;
  orderId?: bigint | null;
  error?: string | null;
}

/**
 * Moves points between spendable, reserved and spent as far as it takes, and writes the new state down; set-wise. The caller
 * holds the locks (see `lockRedemptions`), which is what makes the numbers of the entries unique.
 */
export async function moveRedemptions(
  tx: Tx,
  { shopId, moves, now }: { shopId: number; moves: Move[]; now: Date },
): Promise<void> {
  if (moves.length === 0) return;
  const transactions = moves.flatMap((move) => toTransaction(move, now) ?? []);
  await postTransactions(tx, { shopId, transactions, now });
  const posted = new Set(transactions.map(({ key }) => key));
  const rows = moves.map((move) => ({
    id: move.redemption.id.toString(),
    state: move.state,
    held: move.held,
    spent: move.spent,
    moves: move.redemption.moves + (posted.has(keyOf(move.redemption)) ? 1 : 0),
    discount_id: (move.discountId ?? move.redemption.discountId)?.toString() ?? null,
    order_id: (move.orderId === undefined ? move.redemption.orderId : move.orderId)?.toString() ?? null,
    settled_at: openStates.includes(move.state) ? null : now,
    error: move.error === undefined ? move.redemption.error : move.error,
    done: move.state !== 'reserved',
    look_at: isDiscount(move.redemption.terms.kind) ? lookAt(move, now) : null,
  }));
  await tx.$executeRaw`
    UPDATE redemptions d SET state = r.state, held = r.held, spent = r.spent, moves = r.moves, discount_id = r.discount_id,
      order_id = r.order_id, settled_at = r.settled_at, error = r.error,
      cancel_requested_at = CASE WHEN r.done THEN NULL ELSE d.cancel_requested_at END,
      next_attempt_at = CASE WHEN r.done THEN r.look_at ELSE d.next_attempt_at END,
      attempts = CASE WHEN r.done THEN 0 ELSE d.attempts END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, state text, held bigint, spent bigint, moves int,
      discount_id bigint, order_id bigint, settled_at timestamptz, error text, done boolean, look_at timestamptz)
    WHERE d.shop_id = ${shopId} AND d.id = r.id AND d.id = ANY (${moves.map((move) => move.redemption.id)}::bigint[])`;
}

/** When to ask Shopify whether a code ended unused, never when that is over; or whether one whose points go back is on again. */
function lookAt({ state, error, redemption: { expiresAt } }: Move, now: Date): Date | null {
  if (state === 'cancelled') return error === deletedInShopify ? null : lookAgainAt(now, now);
  if (state !== 'confirmed' || expiresAt === null) return null;
  const at = new Date(expiresAt.getTime() + endedMarginMs);
  return at > now ? at : null;
}

function keyOf(redemption: Redemption): string {
  return `redemption:${redemption.id}:${redemption.moves}`;
}

/** The entry of a move; null when no points move. What is spent goes to the shop's counter-account by itself. */
function toTransaction({ redemption, kind, held, spent }: Move, now: Date): TransactionInput | null {
  const { profileId, terms } = redemption;
  const reserved = held - redemption.held;
  const points = redemption.held + redemption.spent - held - spent;
  const postings: Posting[] = [];
  if (points !== 0) postings.push({ profileId, account: 'points', points });
  if (reserved !== 0) postings.push({ profileId, account: 'reserved', points: reserved });
  if (postings.length === 0) return null;
  return { kind, key: keyOf(redemption), reason: terms.title, occurredAt: now, postings };
}
