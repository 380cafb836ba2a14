import { prisma } from './prisma.server';
import type { PrismaClient } from '~/generated/prisma/client';

/**
 * Runs a query as the owner, over all shops. Only `jobs/`, `ingest/` and `platform/` may use it, to find out which shops
 * have work: it returns ids and counts, never people.
 */
export async function acrossShops<T>(work: (db: PrismaClient) => Promise<T>): Promise<T> {
  return work(prisma());
}
