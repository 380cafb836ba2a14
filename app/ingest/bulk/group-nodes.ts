import { z } from 'zod';
import { parseJson } from '../payloads/parse-json';

/** A node of the query's outer connection with the nodes of its inner connections. */
export interface BulkNode {
  node: Readonly<Record<string, unknown>>;
  children: Readonly<Record<string, unknown>>[];
  /** How many lines of the file end with it: where to go on. */
  endLine: number;
}

// Looks, and copies nothing: every line of the file passes here, and is read field by field later.
const lineSchema = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/**
 * Puts a bulk result back together: children (`__parentId`) follow their parent, because the query asked for grouping.
 * `skip` lines were taken in before. Throws on a line that is not JSON, or a child without its parent.
 */
export async function* groupNodes(lines: AsyncIterable<string>, skip: number): AsyncGenerator<BulkNode> {
  let current: BulkNode | null = null;
  let position = 0;
  for await (const line of lines) {
    position += 1;
    if (position <= skip || line === '') continue;
    const value = lineSchema.parse(parseJson(line));
    if (!('__parentId' in value)) {
      if (current) yield current;
      current = { node: value, children: [], endLine: position };
      continue;
    }
    if (!current || current.node.id !== value.__parentId)
      throw new Error(`line ${position} of the bulk result is a child without its parent`);
    current.children.push(value);
    current.endLine = position;
  }
  if (current) yield current;
}
