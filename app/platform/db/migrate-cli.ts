import { startEmbeddedPostgres } from './embedded.server';
import { migrate } from './migrate.server';
import { migrateQueue } from '../queue/migrate-queue.server';

// `npm run db:migrate`: needs nothing but a database, so it reads DATABASE_URL alone and not the whole configuration.
const url = process.env.DATABASE_URL; // eslint-disable-line no-restricted-syntax
const embedded = url ? null : await startEmbeddedPostgres({ dir: '.data/postgres', port: 54329 });
const target = url ?? embedded?.url ?? '';
const applied = await migrate(target);
await migrateQueue(target);
process.stdout.write(applied.length > 0 ? `Applied ${applied.join(', ')}\n` : 'The database is up to date\n');
await embedded?.stop();
