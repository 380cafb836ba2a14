import { AsyncLocalStorage } from 'node:async_hooks';
import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { PrismaClient } from '~/generated/prisma/client';
import { databaseKind, type Tx } from './prisma.server';

const inside = new AsyncLocalStorage<Transaction>();

/**
 * A client of Prisma for one transaction after the other, which somebody else begins and ends. Prisma's own interactive
 * transactions take five times the processor time that BEGIN and COMMIT do, more than most work inside them.
 */
export class TransactionClient {
  private transaction: Transaction | null = null;
  private failure: unknown = null;
  private readonly client = new PrismaClient({ adapter: this.adapterFactory() });

  /**
   * Runs `work` with a `tx` whose queries go to `transaction`. Once `work` is over, whoever still holds `tx` gets an error,
   * and so does work of an earlier transaction that has not noticed its end: the client may be somebody else's by then.
   * COMMIT and ROLLBACK come after it; queries behind them would run as the owner. Throws when a statement failed, also if
   * `work` did not mind: PostgreSQL has undone everything by then, and takes COMMIT without a word.
   */
  async lend<T>(transaction: Transaction, work: (tx: Tx) => Promise<T>): Promise<T> {
    this.transaction = transaction;
    this.failure = null;
    try {
      const result = await inside.run(transaction, () => work(this.client));
      if (this.failure !== null)
        throw new Error('a statement of a transaction failed: nothing of it was kept', {
          cause: this.failure,
        });
      return result;
    } finally {
      this.transaction = null;
    }
  }

  private adapterFactory(): SqlDriverAdapterFactory {
    const queryable: SqlQueryable = {
      ...databaseKind,
      queryRaw: (query) => this.run((transaction) => transaction.queryRaw(query)),
      executeRaw: (query) => this.run((transaction) => transaction.executeRaw(query)),
    };
    const adapter: SqlDriverAdapter = {
      ...queryable,
      // A statement of Prisma's that takes several of SQL: they have a transaction around them already.
      startTransaction: async () => ({
        ...queryable,
        options: { usePhantomQuery: true },
        commit: async () => {},
        rollback: async () => {},
      }),
      executeScript: async () => {
        throw new Error('scripts are for migrations');
      },
      getConnectionInfo: () => ({ supportsRelationJoins: true }),
      dispose: async () => {},
    };
    return { ...databaseKind, connect: async () => adapter };
  }

  private async run<T>(statement: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { transaction } = this;
    if (!transaction || inside.getStore() !== transaction)
      throw new Error('this transaction has ended, or another one has begun inside it');
    try {
      return await statement(transaction);
    } catch (error) {
      if (this.transaction === transaction) this.failure = error;
      throw error;
    }
  }
}
