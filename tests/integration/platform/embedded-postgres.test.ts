import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '~/platform/db/embedded.server';
import { freePort } from '../../setup/free-port';

/** Nobody else gets into a folder made like this: not even the account PostgreSQL runs as when we are root. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'perennial-private-'));
});

afterAll(async () => {
  await rm(await realpath(path.join(folder, 'postgres')), { recursive: true });
  await rm(folder, { recursive: true });
});

async function inServer<T>(
  work: (client: Client) => Promise<T>,
  options: { throwaway?: boolean } = {},
): Promise<T> {
  const dir = path.join(folder, 'postgres');
  const server = await startEmbeddedPostgres({ dir, port: await freePort(), ...options });
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
    await server.stop();
  }
}

describe('the embedded server in a private folder', () => {
  it('keeps its data from one start to the next, and starts over when the folder is removed', async () => {
    await inServer((client) => client.query('CREATE TABLE kept AS SELECT 42 AS answer'));
    const kept = await inServer((client) => client.query('SELECT answer FROM kept'));
    expect(kept.rows).toEqual([{ answer: 42 }]);

    await rm(path.join(folder, 'postgres'), { recursive: true });
    await expect(inServer((client) => client.query('SELECT answer FROM kept'))).rejects.toThrow(
      'does not exist',
    );
  });

  it('waits for the disk, unless its data may be lost', async () => {
    const { rows } = await inServer((client) => client.query('SHOW fsync'));
    expect(rows).toEqual([{ fsync: 'on' }]);
    const throwaway = await inServer((client) => client.query('SHOW fsync'), { throwaway: true });
    expect(throwaway.rows).toEqual([{ fsync: 'off' }]);
  });

  it('is called through its socket, also by whoever finds it running; its port stays open', async () => {
    await inServer(async ({ port, host, database, user }) => {
      expect(host).toContain('/');
      const found = await startEmbeddedPostgres({ dir: path.join(folder, 'postgres'), port });
      expect(new URL(found.url).hostname).toBe(encodeURIComponent(host));
      const visitor = new Client({ host: '127.0.0.1', port, database, user });
      await visitor.connect();
      await visitor.end();
    });
  });

  it('says what is wrong when it does not start', async () => {
    await inServer(async (client) => {
      const { port } = client;
      const elsewhere = startEmbeddedPostgres({ dir: path.join(folder, 'other'), port });
      await expect(elsewhere).rejects.toThrow(`Port ${port} is taken by another PostgreSQL server`);
    });
  });
});
