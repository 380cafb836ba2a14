import { z } from 'zod';
import { deliverMessages } from '~/processes/deliver-messages.server';

// One worker that delivers the mails of one shop each time it is told to. Its environment says where the database and the mail
// server are.
const orderSchema = z.object({ shopId: z.number() });

async function deliver(shopId: number): Promise<void> {
  const before = process.cpuUsage();
  const { more } = await deliverMessages(shopId);
  if (more) throw new Error('the worker stopped before the end');
  const { user, system } = process.cpuUsage(before);
  process.send?.({ cpuMs: (user + system) / 1_000 });
}

process.on('message', (message) => void deliver(orderSchema.parse(message).shopId));
process.send?.('ready');
