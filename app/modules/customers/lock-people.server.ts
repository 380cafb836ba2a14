import type { Tx } from '~/platform/db/index.server';

/**
 * One transaction of a shop at a time decides who is who, until its end: whoever resolved a profile can rely on it until the
 * commit, and nobody is brought back by a transaction that began before they were forgotten.
 */
export async function lockPeople(tx: Tx, { shopId }: { shopId: number }): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`customers:${shopId}`}, 0))`;
}
