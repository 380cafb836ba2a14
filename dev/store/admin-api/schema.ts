import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { z } from 'zod';

export const API_VERSION = '2026-07';

const fileSchema = z.object({ data: z.custom<IntrospectionQuery>((value) => z.object({ __schema: z.looseObject({}) }).safeParse(value).success) });

let schema: GraphQLSchema | null = null;

/** Shopify's real Admin schema, as published with its developer tools. Read once. */
export function loadAdminSchema(): GraphQLSchema {
  schema ??= readAdminSchema();
  return schema;
}

function readAdminSchema(): GraphQLSchema {
  const packageFile = createRequire(import.meta.url).resolve('@shopify/dev-mcp/package.json');
  const file = join(dirname(packageFile), 'dist', 'data', `admin_${API_VERSION}.json.gz`);
  const introspection = fileSchema.parse(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')));
  return buildClientSchema(introspection.data, { assumeValid: true });
}
