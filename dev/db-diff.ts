import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startEmbeddedPostgres } from '../app/platform/db/embedded.server';
import { diffSchemas, type SchemaFile } from './schema/engine';

// `npm run db:diff [-- <revision>]`: the SQL from the schema of a commit (HEAD) to the one in the work tree, as the start of a
// migration. Row-level security (`SELECT perennial_protect('<table>')`) and partial indexes have to be added by hand.
const directory = 'prisma/schema';
const revision = process.argv[2] ?? 'HEAD';

const now = readdirSync(directory).map((name): SchemaFile => {
  const file = path.join(directory, name);
  return { path: file, content: readFileSync(file, 'utf8') };
});
const before = git('ls-tree', '--name-only', revision, `${directory}/`)
  .split('\n')
  .filter(Boolean)
  .map((file): SchemaFile => ({ path: file, content: git('show', `${revision}:${file}`) }));

const given = process.env.DATABASE_URL;
const database = given
  ? { url: given, stop: async () => {} }
  : await startEmbeddedPostgres({ dir: '.data/postgres', port: 54_329 });
process.stdout.write(await diffSchemas(before, now, database.url));
await database.stop();

function git(...args: string[]): string {
  return execFileSync('git', args, { encoding: 'utf8' });
}
