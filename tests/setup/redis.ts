import { spawn, spawnSync } from 'node:child_process';
import { freePort } from './free-port';

export interface TestRedis {
  url: string;
  stop: () => Promise<void>;
}

/** A Redis of the test's own (nothing is written to disk), else the one at REDIS_URL, else null. */
export async function findRedis(): Promise<TestRedis | null> {
  if (spawnSync('redis-server', ['--version']).status === 0) return startRedis();
  const given = process.env.REDIS_URL;
  return given ? { url: given, stop: async () => {} } : null;
}

async function startRedis(): Promise<TestRedis> {
  const port = await freePort();
  const child = spawn('redis-server', [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    child.stdout.on('data', (text: Buffer) => {
      if (text.toString('utf8').includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}
