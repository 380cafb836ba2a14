import type { SqlQuery } from '@prisma/driver-adapter-utils';
import { remember } from '../remember.server';
import { prismaAdapter, type Tx } from './prisma.server';
import { TransactionClient } from './transaction-client.server';

declare global {
  interface PerennialSingletons {
    idleTransactionClients: TransactionClient[];
  }
}

const defaultTimeoutMs = 30_000;

/**
 * Runs `work` in one transaction that can only touch the rows of `shopId`: the role and the setting that row-level
 * security compares with are set locally, so they end with the transaction. The caller's errors roll everything back, and
 * so does work that takes longer than `timeoutMs`, with an error. `tx` is of no use once `work` is over.
 */
export async function withShop<T>(
  shopId: number,
  work: (tx: Tx) => Promise<T>,
  options?: { timeoutMs?: number },
): Promise<T> {
  const idle = idleClients();
  const transaction = await (await prismaAdapter()).startTransaction();
  const client = idle.pop() ?? new TransactionClient();
  try {
    await transaction.queryRaw(enterShop(shopId));
    const result = await client.lend(transaction, (tx) =>
      inTime(work(tx), options?.timeoutMs ?? defaultTimeoutMs),
    );
    await transaction.executeRaw(plain('COMMIT'));
    return result;
  } catch (error) {
    await transaction.executeRaw(plain('ROLLBACK')).catch(() => {}); // fails when the connection is gone, and all with it
    throw error;
  } finally {
    idle.push(client);
    await transaction.commit(); // sends nothing: it gives the connection back
  }
}

/** As many clients as there were transactions at the same time: never more than connections. */
function idleClients(): TransactionClient[] {
  return remember('idleTransactionClients', () => []);
}

function enterShop(shopId: number): SqlQuery {
  return {
    sql: `SELECT set_config('app.shop_id', $1, true), set_config('role', 'perennial_tenant', true)`,
    args: [String(shopId)],
    argTypes: [{ scalarType: 'string', arity: 'scalar' }],
  };
}

function plain(sql: string): SqlQuery {
  return { sql, args: [], argTypes: [] };
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const error = () => new Error(`the work of a transaction took longer than ${timeoutMs} ms`);
    timer = setTimeout(() => reject(error()), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
