import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { sendReasons, type DecisionDetails, type SendReason } from './arbiter';

/** One answer of the arbiter: `reason` is a key for the reader's catalogue, `details` are the values to fill in. */
export interface LoggedDecision {
  id: bigint;
  flowKey: string;
  flowRunId: bigint | null;
  nodeKey: string;
  outcome: 'send' | 'defer' | 'withhold';
  reason: SendReason;
  until: Date | null;
  details: DecisionDetails;
  decidedAt: Date;
}

const outcomeSchema = z.enum(['send', 'defer', 'withhold']);
const reasonSchema = z.enum(sendReasons);
const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/**
 * "Why did this customer (not) get it?": the arbiter's answers about one person, newest first. `flowRunId` narrows it to
 * one run; `beforeId` pages on from the last id seen.
 */
export async function listDecisions(
  tx: Tx,
  input: { shopId: number; profileId: bigint; flowRunId?: bigint; beforeId?: bigint; limit?: number },
): Promise<LoggedDecision[]> {
  const { shopId, profileId, flowRunId, beforeId, limit = 50 } = input;
  const rows = await tx.sendDecision.findMany({
    where: { shopId, profileId, flowRunId, ...(beforeId !== undefined && { id: { lt: beforeId } }) },
    orderBy: [{ decidedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows.map(({ shopId: _shopId, profileId: _profileId, ...row }) => ({
    ...row,
    outcome: outcomeSchema.parse(row.outcome),
    reason: reasonSchema.parse(row.reason),
    details: detailsSchema.parse(row.details),
  }));
}
