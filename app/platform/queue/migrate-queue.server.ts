import { runMigrations } from 'bullmq';
import { Client } from 'pg';

export const queueSchema = 'bullmq';

/** Creates or upgrades BullMQ's own tables. Idempotent, locked by BullMQ itself. Not needed on Redis. */
export async function migrateQueue(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await runMigrations(client, queueSchema);
  } finally {
    await client.end();
  }
}
