import { data } from '@remix-run/node';
import { z } from 'zod';
import { AppError } from '~/platform/errors';
import { idParam } from '../params';
import type { DecideResult } from './decide-form';

const schema = z.object({
  ids: z.array(z.string()).min(1).max(100),
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().max(500),
});

interface Decided {
  referralIds: bigint[];
  decision: 'approved' | 'rejected';
  reason: string;
}

/** What `DecideForm` sent, given to `decide`; what a rule refuses stands beside the field. */
export async function decideByForm(request: Request, decide: (decided: Decided) => Promise<void>) {
  const { ids, decision, reason } = schema.parse(await request.json());
  const referralIds = ids.map((id) => idParam(id, 'referral'));
  try {
    await decide({ referralIds, decision, reason });
    return data<DecideResult>({ done: true });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
    return data<DecideResult>({ errors: { reason: error.userMessage } }, { status: 422 });
  }
}
