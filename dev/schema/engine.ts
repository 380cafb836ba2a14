import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';

export interface SchemaFile {
  path: string;
  content: string;
}

/**
 * The SQL that leads from one Prisma schema to another (from nothing, when `from` is empty), by Prisma's own schema
 * engine in its WebAssembly build: the native one is downloaded at run time and so can't be had everywhere.
 * The engine wants a connection although a diff of two files never uses it.
 */
export async function diffSchemas(
  from: SchemaFile[],
  to: SchemaFile[],
  databaseUrl: string,
): Promise<string> {
  const engine = await startEngine(databaseUrl);
  const target = (files: SchemaFile[]) =>
    files.length === 0
      ? { tag: 'empty' as const }
      : { tag: 'schemaDatamodel' as const, files, configDir: process.cwd() };
  const { stdout } = await engine.diff({
    from: target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? '';
}

async function startEngine(databaseUrl: string): Promise<engineModule.SchemaEngine> {
  const file = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm')
    .replace('schema_engine.js', 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': { ...engineModule },
  });
  engineModule.__wbg_set_wasm(instance.exports);
  const start: unknown = instance.exports.__wbindgen_start;
  if (typeof start === 'function') Reflect.apply(start, undefined, []);
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  return engineModule.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
}
