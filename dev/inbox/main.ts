import { z } from 'zod';
import { startInbox } from './start-inbox';

const env = z
  .object({
    SMTP_PORT: z.coerce.number().int().default(2525),
    HTTP_PORT: z.coerce.number().int().default(4025),
  })
  .parse(process.env);
const inbox = await startInbox({ smtpPort: env.SMTP_PORT, httpPort: env.HTTP_PORT });
console.log(`[inbox] mail arrives at ${inbox.smtpUrl} and is shown at ${inbox.url}`);

const stop = () => void inbox.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
