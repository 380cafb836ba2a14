import { z } from 'zod';
import { startInbox } from './start-inbox';

const env = z
  .object({
    SMTP_PORT: z.coerce.number().int().default(2525),
    HTTP_PORT: z.coerce.number().int().default(4025),
    REPORTS_URL: z.url().optional(),
    REPORTS_TOKEN: z.string().optional(),
  })
  .parse(process.env);
const inbox = await startInbox({
  smtpPort: env.SMTP_PORT,
  httpPort: env.HTTP_PORT,
  reportsTo: env.REPORTS_URL && env.REPORTS_TOKEN ? { url: env.REPORTS_URL, token: env.REPORTS_TOKEN } : null,
});
console.log(`[inbox] mail arrives at ${inbox.smtpUrl} and is shown at ${inbox.url}`);

const stop = () => void inbox.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
