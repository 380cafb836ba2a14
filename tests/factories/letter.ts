import type { InboxMessage } from '../../dev/inbox/messages';

/** A mail of ours as it arrives in somebody's inbox. */
export function letterOf(token: string): InboxMessage {
  return {
    id: '1',
    receivedAt: '2026-05-04T10:00:00Z',
    from: 'hello@example.com',
    to: ['robin@mail.example'],
    subject: 'Hi',
    html: null,
    text: 'Hi',
    headers: [{ name: 'message-id', value: `<${token}@example.com>` }],
    size: 2,
  };
}
