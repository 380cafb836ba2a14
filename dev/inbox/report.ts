import type { InboxMessage } from './messages';

export type ReportKind = 'complaint' | 'hard_bounce';

/** What a mail provider sends back about a letter: a feedback report (RFC 5965) or a delivery status notification (RFC 3464). */
export function writeReport(message: InboxMessage, kind: ReportKind): string {
  const boundary = `report-${message.id}`;
  const isComplaint = kind === 'complaint';
  const head = [
    `From: <${isComplaint ? 'feedback' : 'mailer-daemon'}@mail.example>`,
    `To: <${message.from}>`,
    `Subject: ${isComplaint ? 'Abuse report' : 'Undelivered mail returned to sender'}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=${isComplaint ? 'feedback-report' : 'delivery-status'};`,
    `\tboundary="${boundary}"`,
  ];
  const parts = [
    ['Content-Type: text/plain', '', isComplaint ? 'Our user calls this spam.' : 'There is no such mailbox.'],
    isComplaint ? feedback(message) : status(message),
    [
      'Content-Type: message/rfc822',
      '',
      ...message.headers.map(({ name, value }) => `${name}: ${value}`),
      '',
      '',
    ],
  ];
  const body = parts.flatMap((part) => [`--${boundary}`, ...part]);
  return [...head, '', ...body, `--${boundary}--`, ''].join('\r\n');
}

function feedback(message: InboxMessage): string[] {
  return [
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: Inbox/1.0',
    'Version: 1',
    `Original-Mail-From: <${message.from}>`,
    '',
  ];
}

function status(message: InboxMessage): string[] {
  return [
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mail.example',
    '',
    `Final-Recipient: rfc822; ${message.to.join(', ')}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 No such user',
    '',
  ];
}
