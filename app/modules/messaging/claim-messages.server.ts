import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { templateKeys } from './types';

const contextSchema = z.object({
  cartToken: z.string().optional(),
  orderId: z.string().optional(),
  dueDay: z.string().optional(),
  tierId: z.string().optional(),
  rewardId: z.string().optional(),
  referralId: z.string().optional(),
  signIn: z.string().optional(),
  sample: z.boolean().optional(),
});

const rowSchema = z.object({
  id: z.bigint(),
  token: z.string(),
  profileId: z.bigint(),
  kind: z.enum(['marketing', 'transactional', 'test']),
  flowKey: z.string().nullable(),
  flowRunId: z.bigint().nullable(),
  templateKey: z.enum(templateKeys),
  locale: z.string(),
  toAddress: z.string().nullable(),
  context: contextSchema,
  attempts: z.number(),
  createdAt: z.date(),
  email: z.string().nullable(),
  firstName: z.string().nullable(),
  profileLocale: z.string().nullable(),
  points: z.number(),
});

export type ClaimedMessage = z.infer<typeof rowSchema>;

const leaseMs = 2 * 60_000;

/**
 * Takes up to `limit` due messages of the shop for `leaseId`, oldest first; others can't take them while the lease lasts.
 * First looks at leases that ran out: a message not handed over yet is queued again, one that was becomes `unknown`.
 * `realNow` is the machine's time: leases do not follow a moved clock.
 */
export async function claimMessages(
  tx: Tx,
  input: { shopId: number; leaseId: string; limit: number; now: Date; realNow: Date },
): Promise<ClaimedMessage[]> {
  const { shopId, leaseId, limit, now, realNow } = input;
  await tx.$executeRaw`
    UPDATE messages SET status = CASE WHEN handed_over_at IS NULL THEN 'queued' ELSE 'unknown' END,
      lease_until = NULL,
      error = CASE WHEN handed_over_at IS NULL THEN error ELSE 'stopped between hand-over and answer' END
    WHERE shop_id = ${shopId} AND status = 'sending' AND lease_until <= ${realNow}`;
  const rows = await tx.$queryRaw`
    WITH due AS (
      SELECT id FROM messages
      WHERE shop_id = ${shopId} AND status = 'queued' AND next_attempt_at <= ${now}
      ORDER BY next_attempt_at, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE messages m
      SET status = 'sending', lease_id = ${leaseId}, lease_until = ${new Date(realNow.getTime() + leaseMs)}, handed_over_at = NULL
      FROM due WHERE m.shop_id = ${shopId} AND m.id = due.id
      RETURNING m.*
    )
    SELECT c.id, c.token, c.profile_id AS "profileId", c.kind, c.flow_key AS "flowKey", c.flow_run_id AS "flowRunId", c.template_key AS "templateKey",
           c.locale, c.to_address AS "toAddress", c.context, c.attempts, c.created_at AS "createdAt",
           CASE WHEN p.merged_into_id IS NULL AND p.redacted_at IS NULL AND p.deleted_at IS NULL THEN p.email END AS email,
           p.first_name AS "firstName", p.locale AS "profileLocale", coalesce(t.points_balance, 0) AS points
    FROM claimed c
    LEFT JOIN profiles p ON p.shop_id = ${shopId} AND p.id = c.profile_id
    LEFT JOIN profile_traits t ON t.shop_id = ${shopId} AND t.profile_id = c.profile_id
    ORDER BY c.id`;
  return z.array(rowSchema).parse(rows);
}
