import { z } from 'zod';
import type { ReferralRow } from './types';

const schema = z.array(z.object({ kind: z.string(), level: z.string(), count: z.number().optional() }));

/** What speaks against a referral, as it is kept. */
export function evidenceOfRow(evidence: unknown): ReferralRow['evidence'] {
  return schema
    .parse(evidence)
    .map(({ kind, level, count }) => ({ kind, blocks: level === 'block', count: count ?? 0 }));
}
