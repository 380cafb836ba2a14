import { Redis } from 'ioredis';
import { afterAll, describe } from 'vitest';
import { useTestDatabase } from '../../setup/database';
import { queueSuite } from '../../setup/queue-suite';
import { findRedis } from '../../setup/redis';

const redis = await findRedis();
if (redis) process.env.REDIS_URL = redis.url; // before anything asks for the environment

describe.skipIf(!redis)('on Redis', () => {
  afterAll(() => redis?.stop()); // hooks at the end run last to first
  useTestDatabase();

  queueSuite({
    dropWaitingConnections: async () => {
      const admin = new Redis(redis!.url);
      const clients = String(await admin.client('LIST')).split('\n');
      const blocked = clients
        .filter((line) => /cmd=bz?l?pop/.test(line))
        .map((line) => / addr=(\S+)/.exec(line)?.[1] ?? '');
      for (const address of blocked) await admin.client('KILL', 'ADDR', address);
      await admin.quit();
      return blocked.length;
    },
  });
});
