import { useDatabase } from '~/platform/db/index.server';
import { clock } from '~/platform/clock.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { mailTime } from './message';

// A process of its own, to be killed.
const [url = '', shopId = ''] = process.argv.slice(2);
useDatabase(url);
clock.moveTo(mailTime.getTime() + 60_000 - Date.now());
await deliverMessages(Number(shopId));
