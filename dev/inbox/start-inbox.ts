import type { AddressInfo } from 'node:net';
import { NO_FAULTS } from './faults';
import { MessageBox } from './messages';
import { createSmtpServer, type FaultHolder } from './smtp';
import { createWebServer, type ReportsTo } from './web';

export interface InboxOptions {
  /** 0 picks a free port. */
  readonly smtpPort: number;
  readonly httpPort: number;
  /** Absent: nobody is told of bounces and complaints. */
  readonly reportsTo: ReportsTo | null;
}

export interface RunningInbox {
  readonly url: string;
  readonly smtpUrl: string;
  readonly box: MessageBox;
  close(): Promise<void>;
}

function portOf(address: AddressInfo | string | null, asked: number): number {
  return typeof address === 'object' && address !== null ? address.port : asked;
}

/** Starts a mail server and its page; resolves once both listen. */
export async function startInbox(options: Partial<InboxOptions> = {}): Promise<RunningInbox> {
  const { smtpPort, httpPort, reportsTo } = { smtpPort: 2525, httpPort: 4025, reportsTo: null, ...options };
  const box = new MessageBox();
  const holder: FaultHolder = { faults: NO_FAULTS };
  const smtp = createSmtpServer(box, holder);
  const web = createWebServer(box, holder, reportsTo);
  await new Promise<void>((resolve, reject) => {
    smtp.on('error', (error) => (smtp.server.listening ? undefined : reject(error)));
    smtp.listen(smtpPort, () => resolve());
  });
  await new Promise<void>((resolve, reject) => {
    web.once('error', reject);
    web.listen(httpPort, () => resolve());
  });
  return {
    url: `http://localhost:${portOf(web.address(), httpPort)}`,
    smtpUrl: `smtp://localhost:${portOf(smtp.server.address(), smtpPort)}`,
    box,
    close: async () => {
      web.closeAllConnections();
      await new Promise<void>((resolve) => web.close(() => resolve()));
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}
