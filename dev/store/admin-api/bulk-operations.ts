import type { GraphQLError } from 'graphql';
import { toGid } from '../state/ids';
import type { Shop } from '../state/model';
import type { Store } from '../store';
import { checkBulkDocument, toBulkLines } from './bulk-document';
import type { View } from './context';
import { queryRoot } from './query-root';
import { checkQuery, runDocument } from './run-query';

export interface BulkOperation {
  readonly id: bigint;
  readonly shop: string;
  readonly query: string;
  status: 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED';
  errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | null;
  objectCount: number;
  rootObjectCount: number;
  result: string | null;
  readonly createdAt: string;
  completedAt: string | null;
}

const MAX_PARALLEL = 5;
const START_AFTER_MS = 30;

export class BulkRefusal extends Error {
  constructor(
    readonly code: 'INVALID' | 'OPERATION_IN_PROGRESS',
    message: string,
  ) {
    super(message);
  }
}

/** Bulk queries of all shops. They live as long as the process. */
export class BulkOperations {
  private readonly operations: BulkOperation[] = [];

  constructor(private readonly store: Store) {}

  list(shop: Shop): BulkOperation[] {
    return this.operations.filter((operation) => operation.shop === shop.domain);
  }

  find(shop: Shop, id: bigint): BulkOperation | null {
    return this.list(shop).find((operation) => operation.id === id) ?? null;
  }

  start(shop: Shop, query: string): BulkOperation {
    const document = checkQuery(query);
    if ('length' in document) throw new BulkRefusal('INVALID', `Invalid bulk query: ${messages(document)}`);
    const problem = checkBulkDocument(document);
    if (problem !== null) throw new BulkRefusal('INVALID', problem);
    const running = this.list(shop).filter(({ status }) => status === 'CREATED' || status === 'RUNNING');
    if (running.length >= MAX_PARALLEL) {
      throw new BulkRefusal(
        'OPERATION_IN_PROGRESS',
        `${MAX_PARALLEL} bulk query operations are already in progress for this app and shop.`,
      );
    }
    const operation: BulkOperation = {
      id: this.store.takeId('BulkOperation'),
      shop: shop.domain,
      query,
      status: 'CREATED',
      errorCode: null,
      objectCount: 0,
      rootObjectCount: 0,
      result: null,
      createdAt: this.store.clock.iso(),
      completedAt: null,
    };
    this.operations.push(operation);
    setTimeout(() => void this.run(shop, operation), START_AFTER_MS);
    return operation;
  }

  cancel(operation: BulkOperation): boolean {
    if (operation.status !== 'CREATED' && operation.status !== 'RUNNING') return false;
    operation.status = 'CANCELING';
    return true;
  }

  view(operation: BulkOperation): View {
    const { store } = this;
    const url = `${store.url}/bulk/${operation.shop}/${operation.id}.jsonl`;
    return {
      __typename: 'BulkOperation',
      id: toGid('BulkOperation', operation.id),
      status: operation.status,
      type: 'QUERY',
      errorCode: operation.errorCode,
      query: operation.query,
      objectCount: operation.objectCount.toString(),
      rootObjectCount: operation.rootObjectCount.toString(),
      fileSize: operation.result === null ? null : Buffer.byteLength(operation.result).toString(),
      // An operation that found nothing has no file.
      url: operation.status === 'COMPLETED' && operation.objectCount > 0 ? url : null,
      partialDataUrl: null,
      createdAt: operation.createdAt,
      completedAt: operation.completedAt,
    };
  }

  private async run(shop: Shop, operation: BulkOperation): Promise<void> {
    if (operation.status === 'CREATED') {
      operation.status = 'RUNNING';
      await this.produce(shop, operation);
    }
    if (operation.status === 'CANCELING') operation.status = 'CANCELED';
    const happening = this.store.begin(shop);
    operation.completedAt = happening.at;
    happening.emit('bulk_operations/finish', {
      admin_graphql_api_id: toGid('BulkOperation', operation.id),
      completed_at: operation.completedAt,
      created_at: operation.createdAt,
      error_code: operation.errorCode?.toLowerCase() ?? null,
      status: operation.status.toLowerCase(),
      type: 'query',
    });
  }

  private async produce(shop: Shop, operation: BulkOperation): Promise<void> {
    const document = checkQuery(operation.query);
    if ('length' in document) return;
    const api = { store: this.store, shop, bulk: true, scopes: shop.scopes };
    const result = await runDocument(api, queryRoot(api, this), document, {}, null);
    if (operation.status !== 'RUNNING') return;
    if (result.errors !== undefined && result.errors.length > 0) {
      this.store.options.log(`bulk operation ${operation.id} failed: ${messages(result.errors)}`);
      operation.status = 'FAILED';
      operation.errorCode = 'INTERNAL_SERVER_ERROR';
      return;
    }
    const { lines, rootObjects } = toBulkLines(result.data);
    operation.result = lines.map((line) => `${line}\n`).join('');
    operation.objectCount = lines.length;
    operation.rootObjectCount = rootObjects;
    operation.status = 'COMPLETED';
  }
}

function messages(errors: readonly GraphQLError[]): string {
  return errors.map(({ message }) => message).join('; ');
}
