import {
  getNamedType,
  OperationTypeNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
} from 'graphql';
import { loadAdminSchema } from './schema';

const MAX_CONNECTIONS = 5;
const MAX_DEPTH = 2;

/** Why Shopify would not run this document as a bulk query; null when it would. */
export function checkBulkDocument(document: DocumentNode): string | null {
  const typeInfo = new TypeInfo(loadAdminSchema());
  let connections = 0;
  let depth = 0;
  const problems: string[] = [];
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      OperationDefinition: (node) => {
        if (node.operation !== OperationTypeNode.QUERY)
          problems.push('Invalid bulk query: only queries can be run in bulk.');
      },
      Field: {
        enter: () => {
          if (getNamedType(typeInfo.getType())?.name.endsWith('Connection') !== true) return;
          connections += 1;
          depth += 1;
          if (depth > MAX_DEPTH)
            problems.push(
              `Queries that contain connections nested deeper than ${MAX_DEPTH} levels are not supported.`,
            );
        },
        leave: () => {
          if (getNamedType(typeInfo.getType())?.name.endsWith('Connection') === true) depth -= 1;
        },
      },
    }),
  );
  const [problem] = problems;
  if (problem !== undefined) return problem;
  if (connections === 0) return 'Bulk queries must contain at least one connection.';
  return connections > MAX_CONNECTIONS
    ? `Bulk queries cannot contain more than ${MAX_CONNECTIONS} connections.`
    : null;
}

export interface BulkLines {
  readonly lines: readonly string[];
  readonly rootObjects: number;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function connectionNodes(value: unknown): readonly unknown[] | null {
  if (!isRecord(value)) return null;
  const { nodes, edges } = value;
  if (isList(nodes)) return nodes;
  return isList(edges) ? edges.map((edge) => (isRecord(edge) ? edge['node'] : null)) : null;
}

/** A result as JSONL: one line an object, the nodes of nested connections after their parent with `__parentId`. */
export function toBulkLines(data: unknown): BulkLines {
  const lines: string[] = [];
  let rootObjects = 0;

  const writeNode = (node: Readonly<Record<string, unknown>>, parentId: string | null): void => {
    const own: Record<string, unknown> = {};
    const nested: (readonly unknown[])[] = [];
    const strip = (source: Readonly<Record<string, unknown>>, target: Record<string, unknown>) => {
      for (const [name, value] of Object.entries(source)) {
        const nodes = connectionNodes(value);
        if (nodes !== null) {
          nested.push(nodes);
        } else if (isRecord(value)) {
          const inner: Record<string, unknown> = {};
          target[name] = inner;
          strip(value, inner);
        } else {
          target[name] = value;
        }
      }
    };
    strip(node, own);
    lines.push(JSON.stringify(parentId === null ? own : { ...own, __parentId: parentId }));
    const id = node['id'];
    for (const child of nested.flat()) {
      if (isRecord(child)) writeNode(child, typeof id === 'string' ? id : parentId);
    }
  };

  for (const value of isRecord(data) ? Object.values(data) : []) {
    for (const node of connectionNodes(value) ?? []) {
      if (!isRecord(node)) continue;
      rootObjects += 1;
      writeNode(node, null);
    }
  }
  return { lines, rootObjects };
}
