import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildClientSchema, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { z } from 'zod';

export const API_VERSION = '2026-07';

const fileSchema = z.object({
  data: z.custom<IntrospectionQuery>(
    (value) => z.object({ __schema: z.looseObject({}) }).safeParse(value).success,
  ),
});

let schema: GraphQLSchema | null = null;

/** Shopify's real Admin schema, as published with its developer tools. Read once. */
export function loadAdminSchema(): GraphQLSchema {
  schema ??= readAdminSchema();
  return schema;
}

/** The package exports no data files, so the file is looked for in the folders Node would look in. */
function findSchemaFile(): string {
  const folders = createRequire(import.meta.url).resolve.paths('@shopify/dev-mcp') ?? [];
  const candidates = folders.map((folder) =>
    join(folder, '@shopify', 'dev-mcp', 'dist', 'data', `admin_${API_VERSION}.json.gz`),
  );
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined)
    throw new Error(`The Admin schema ${API_VERSION} is missing: install @shopify/dev-mcp.`);
  return file;
}

function readAdminSchema(): GraphQLSchema {
  const introspection = fileSchema.parse(
    JSON.parse(gunzipSync(readFileSync(findSchemaFile())).toString('utf8')),
  );
  return buildClientSchema(introspection.data, { assumeValid: true });
}
