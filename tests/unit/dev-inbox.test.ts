import { createServer } from 'node:http';
import nodemailer from 'nodemailer';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startInbox, type RunningInbox } from '../../dev/inbox/start-inbox';

let inbox: RunningInbox;

beforeEach(async () => {
  inbox = await startInbox({ smtpPort: 0, httpPort: 0 });
});

afterEach(() => inbox.close());

const letter = {
  from: 'Shop <shop@example.com>',
  to: 'anna@example.com',
  subject: 'Hallo Änne',
  text: 'Hi',
  html: '<p>Hi</p>',
};
const send = (extra: Record<string, unknown> = {}) =>
  nodemailer.createTransport(inbox.smtpUrl).sendMail({ ...letter, ...extra });
const fault = (body: unknown) =>
  fetch(`${inbox.url}/api/faults`, { method: 'POST', body: JSON.stringify(body) });

async function list(to: string) {
  const response = await fetch(`${inbox.url}/api/messages?to=${encodeURIComponent(to)}`);
  return z.array(z.object({ id: z.string(), subject: z.string() })).parse(await response.json());
}

it('keeps what arrives, by recipient, until it is deleted', async () => {
  await send();
  const [message] = await list('Anna@example.com');
  expect(message?.subject).toBe('Hallo Änne');
  expect(await list('other@example.com')).toEqual([]);
  const full = z
    .object({ html: z.string(), text: z.string() })
    .parse(await (await fetch(`${inbox.url}/api/messages/${message?.id}`)).json());
  expect(full.html).toContain('<p>Hi</p>');
  await fetch(`${inbox.url}/api/messages`, { method: 'DELETE' });
  expect(await list('anna@example.com')).toEqual([]);
});

it('refuses for now, for good, or for one address', async () => {
  await fault({ mode: 'temporary', count: 1 });
  await expect(send()).rejects.toMatchObject({ responseCode: 451 });
  await send();
  await fault({ mode: 'permanent' });
  await expect(send()).rejects.toMatchObject({ responseCode: 554 });
  await fault({ mode: 'bounce-address', addresses: ['anna@example.com'] });
  await expect(send()).rejects.toMatchObject({ responseCode: 550 });
  await send({ to: 'jonas@example.com' });
  expect(await list('anna@example.com')).toHaveLength(1);
  expect((await fault({ mode: 'nonsense' })).status).toBe(400);
});

it('unsubscribes with one click as RFC 8058 asks', async () => {
  const bodies: string[] = [];
  const sender = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => bodies.push(`${request.method} ${chunk.toString()}`));
    request.on('end', () => response.end());
  });
  await new Promise<void>((resolve) => sender.listen(0, resolve));
  const address = sender.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const headers = {
    'List-Unsubscribe': `<http://localhost:${port}/u/1>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
  await send({ headers });
  const [message] = await list('anna@example.com');
  const answer = await fetch(`${inbox.url}/api/messages/${message?.id}/unsubscribe`, { method: 'POST' });
  expect(await answer.json()).toMatchObject({ status: 200 });
  expect(bodies).toEqual(['POST List-Unsubscribe=One-Click']);
  sender.close();
});
