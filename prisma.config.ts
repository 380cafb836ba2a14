import { defineConfig } from 'prisma/config';

// Prisma's CLI wants a schema engine binary that it downloads at run time; `generate` only checks that one exists.
// Migrations are applied by our own runner (app/platform/db), so no engine is ever started.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: 'prisma/schema' });
