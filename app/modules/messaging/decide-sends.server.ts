import { getSettings, getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { arbitrate, type RecipientFacts, type SendAsk, type SendDecision, type SenderFacts } from './arbiter';
import { loadRecipients } from './load-recipients.server';

/**
 * Asks the arbiter about a batch of sends; the answers come in the order of the asks. Every mail that is not a test goes
 * through here, and each answer is written down (once: a deferred ask that gets the same answer again adds nothing).
 *
 * Until the transaction ends no other one can be told "send" for these people, so the caller must write the messages in
 * the same transaction; the frequency cap then can't be overrun by asking twice at once. Asks of one batch for the same
 * person count each other.
 */
export async function decideSends(
  tx: Tx,
  input: { shopId: number; asks: SendAsk[]; now: Date },
): Promise<SendDecision[]> {
  const { shopId, asks, now } = input;
  if (asks.length === 0) return [];
  const profileIds = [...new Set(asks.map((ask) => ask.profileId))];
  await takeTurns(tx, shopId, profileIds);
  const sender = await loadSender(tx, shopId);
  const since = new Date(now.getTime() - sender.cap.windowHours * 3_600_000);
  const recipients = await loadRecipients(tx, { shopId, profileIds, since });
  const decisions = asks.map((ask) => decideOne(ask, recipients, sender, now));
  await logDecisions(tx, { shopId, asks, decisions, now });
  return decisions;
}

function decideOne(
  ask: SendAsk,
  recipients: Map<bigint, RecipientFacts>,
  sender: SenderFacts,
  now: Date,
): SendDecision {
  const recipient = recipients.get(ask.profileId) ?? nobody();
  const decision = arbitrate(ask, { recipient, sender }, now);
  if (decision.outcome === 'send' && ask.kind === 'marketing') recipient.marketingAt.push(now);
  return decision;
}

function nobody(): RecipientFacts {
  return { hasEmail: false, suppression: null, consent: 'not_subscribed', marketingAt: [] };
}

/**
 * One decider per person at a time, until commit. Advisory locks in one order and not row locks: the drain updates
 * profiles and then ends runs, the engine holds runs and then asks here, so locking profiles would let the two wait for
 * each other.
 */
async function takeTurns(tx: Tx, shopId: number, profileIds: bigint[]): Promise<void> {
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(turn.key))
    FROM (
      SELECT DISTINCT hashtextextended('send:' || ${shopId}::int || ':' || id, 0) AS key
      FROM unnest(${profileIds}::bigint[]) AS id
      ORDER BY key
    ) AS turn`;
}

async function loadSender(tx: Tx, shopId: number): Promise<SenderFacts> {
  const shop = await getShop(tx, { shopId });
  const settings = await getSettings(tx, { shopId });
  const { quietHoursStart: start, quietHoursEnd: end } = settings;
  return {
    active: shop.status === 'active',
    timeZone: shop.timeZone,
    quietHours: start === null || end === null ? null : { start, end },
    cap: { messages: settings.capMessages, windowHours: settings.capWindowHours },
  };
}

async function logDecisions(
  tx: Tx,
  input: { shopId: number; asks: SendAsk[]; decisions: SendDecision[]; now: Date },
): Promise<void> {
  const rows = input.asks.map((ask, index) => ({
    position: index,
    profile_id: ask.profileId.toString(),
    flow_key: ask.flowKey,
    flow_run_id: ask.flowRunId?.toString() ?? null,
    node_key: ask.nodeKey,
    ...input.decisions[index],
  }));
  await tx.$executeRaw`
    INSERT INTO send_decisions
      (shop_id, profile_id, flow_key, flow_run_id, node_key, outcome, reason, until, details, decided_at)
    SELECT ${input.shopId}, ask.profile_id, ask.flow_key, ask.flow_run_id, ask.node_key, ask.outcome, ask.reason,
           ask.until, ask.details, ${input.now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS ask (
      position int, profile_id bigint, flow_key text, flow_run_id bigint, node_key text,
      outcome text, reason text, until timestamptz, details jsonb)
    LEFT JOIN LATERAL (
      SELECT d.outcome, d.reason, d.until
      FROM send_decisions d
      WHERE d.shop_id = ${input.shopId} AND d.profile_id = ask.profile_id
        AND d.flow_run_id = ask.flow_run_id AND d.node_key = ask.node_key
      ORDER BY d.decided_at DESC, d.id DESC
      LIMIT 1
    ) AS last ON true
    WHERE last.outcome IS NULL
       OR (last.outcome, last.reason) IS DISTINCT FROM (ask.outcome, ask.reason)
       OR last.until IS DISTINCT FROM ask.until
    ORDER BY ask.position`;
}
