import { createServer } from 'node:http';
import { receiveWebhook } from '~/ingest/receive.server';

// Our receiver alone, in the environment the benchmark gives it.
const server = createServer(receiveWebhook);
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
