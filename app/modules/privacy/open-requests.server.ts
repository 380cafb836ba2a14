import type { Tx } from '~/platform/db/index.server';
import type { DataSubject, PrivacyRequestKind } from './types';

const dayMs = 24 * 60 * 60 * 1_000;
const daysToAnswer = 30;

interface Told {
  key: string;
  requestedAt: Date;
  subject?: DataSubject;
}

/** Writes requests down. Returns the keys of those that were not known yet, and of those that were not finished. */
export async function openRequests(
  tx: Tx,
  input: { shopId: number; kind: PrivacyRequestKind; facts: Told[] },
): Promise<Set<string>> {
  const { shopId, kind, facts } = input;
  await tx.privacyRequest.createMany({
    data: facts.map(({ key, requestedAt, subject }) => ({
      shopId,
      kind,
      key,
      customerId: kind === 'data_request' ? (subject?.shopifyCustomerId ?? null) : null,
      status: 'open',
      requestedAt,
      dueAt: new Date(requestedAt.getTime() + daysToAnswer * dayMs),
    })),
    skipDuplicates: true,
  });
  const open = await tx.privacyRequest.findMany({
    where: { shopId, kind, key: { in: facts.map(({ key }) => key) }, status: 'open' },
    select: { key: true },
  });
  return new Set(open.map(({ key }) => key));
}
