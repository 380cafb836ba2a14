import { z } from 'zod';
import { text } from './fields';

export interface BulkOperationFact {
  operationId: string; // gid
  status: string; // lower case
}

const bulkOperationSchema = z.object({ admin_graphql_api_id: z.string(), status: text });

/** `bulk_operations/finish`: only a hint that it is worth asking. */
export function readBulkOperation(payload: unknown): BulkOperationFact[] {
  const operation = bulkOperationSchema.parse(payload);
  return [
    { operationId: operation.admin_graphql_api_id, status: operation.status?.toLowerCase() ?? 'completed' },
  ];
}
