import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { Prisma, PrismaClient } from '~/generated/prisma/client';
import { env } from '../env.server';
import { log } from '../log.server';
import { remember } from '../remember.server';
import { databaseUrl } from './pool.server';
import { createStatementNames } from './statement-names.server';

declare global {
  interface PerennialSingletons {
    prisma: PrismaClient;
    prismaAdapter: Promise<SqlDriverAdapter>;
  }
}

export { Prisma };

/** A transaction of one shop: every query in it sees that shop's rows only. Made by `withShop`, passed down, never kept. */
export type Tx = Prisma.TransactionClient;

/** What a client of Prisma is told of the database's kind. */
export const databaseKind = { provider: 'postgres', adapterName: '@prisma/adapter-pg' } as const;

/** The owner's client: sees every shop. For `platform/` and `jobs/`; everything else works inside `withShop`. */
export function prisma(): PrismaClient {
  return remember(
    'prisma',
    () => new PrismaClient({ adapter: { ...databaseKind, connect: () => prismaAdapter() } }),
  );
}

/** Prisma's way to the database: the owner's client and the transactions of shops share its connections. */
export function prismaAdapter(): Promise<SqlDriverAdapter> {
  return remember('prismaAdapter', () => {
    const nameOf = createStatementNames();
    return new PrismaPg(
      { connectionString: databaseUrl(), max: env().DATABASE_POOL_SIZE, connectionTimeoutMillis: 5_000 },
      {
        onPoolError: (error) => log.warn({ err: error }, 'database connection lost'),
        statementNameGenerator: ({ sql }) => nameOf(sql),
      },
    ).connect();
  });
}
