import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from '~/generated/prisma/client';
import { env } from '../env.server';
import { log } from '../log.server';
import { remember } from '../remember.server';
import { databaseUrl } from './pool.server';
import { createStatementNames } from './statement-names.server';

declare global {
  interface PerennialSingletons {
    prisma: PrismaClient;
  }
}

export { Prisma };

/** A transaction of one shop: every query in it sees that shop's rows only. Made by `withShop`, passed down, never kept. */
export type Tx = Prisma.TransactionClient;

/** The owner's client: sees every shop. For `platform/` and `jobs/`; everything else works inside `withShop`. */
export function prisma(): PrismaClient {
  return remember('prisma', () => {
    const nameOf = createStatementNames();
    const adapter = new PrismaPg(
      { connectionString: databaseUrl(), max: env().DATABASE_POOL_SIZE, connectionTimeoutMillis: 5_000 },
      {
        onPoolError: (error) => log.warn({ err: error }, 'database connection lost'),
        statementNameGenerator: ({ sql }) => nameOf(sql),
      },
    );
    return new PrismaClient({ adapter });
  });
}
