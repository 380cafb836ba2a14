import { describe, expect, it } from 'vitest';
import { parseMailReport, tokenOfMessageId } from '~/platform/mail/report';
import { letterOf } from '../../factories/letter';
import { writeReport } from '../../../dev/inbox/report';

const token = 'abcdefghijklmnopqrstuvwx';
const returned = [
  'From: Shop <hello@example.com>',
  `Message-ID: <${token}@example.com>`,
  `List-Unsubscribe: <https://perennial.example.com/unsubscribe/${token}>`,
  'Content-Type: multipart/alternative; boundary="inner"',
  '',
  '--inner',
  'Content-Type: text/plain',
  '',
  'Message-ID: <not-a-header-at-all@example.com>',
  '--inner--',
];

/** A report of two or three parts. */
function report(
  type: string,
  middle: string[],
  original: string[] = returned,
  as = 'message/rfc822',
): string {
  return [
    'From: <feedback@mail.example>',
    'Content-Type: multipart/report; report-type=x;',
    '\tboundary="outer"',
    '',
    'A preamble nobody reads.',
    '--outer',
    'Content-Type: text/plain',
    '',
    'Something came back.',
    '--outer',
    `Content-Type: ${type}`,
    '',
    ...middle,
    '--outer',
    `Content-Type: ${as}`,
    '',
    ...original,
    '--outer--',
    '',
  ].join('\r\n');
}

const feedback = (type: string) =>
  report('message/feedback-report', [`Feedback-Type: ${type}`, 'User-Agent: Any/1.0', 'Version: 1', '']);
const delivery = (action: string, status: string) =>
  report('message/delivery-status', [
    'Reporting-MTA: dns; mx.mail.example',
    '',
    'Final-Recipient: rfc822; gone@mail.example',
    `Action: ${action}`,
    `Status: ${status}`,
    'Diagnostic-Code: smtp; 550',
    '  folded',
    '',
  ]);

describe('what comes back about a mail', () => {
  it.each(['abuse', 'Fraud', 'other', 'virus'])('is a complaint: %s', (type) =>
    expect(parseMailReport(feedback(type))).toEqual({ kind: 'complaint', tokens: [token] }),
  );

  it.each([
    ['failed', '5.1.1', 'hard_bounce'],
    ['failed', '5.1.10 (no such mailbox)', 'hard_bounce'],
    ['failed', '5.2.2', 'soft_bounce'],
    ['Failed', '4.4.7', 'soft_bounce'],
  ])('is a bounce: %s, %s', (action, status, kind) =>
    expect(parseMailReport(delivery(action, status))).toEqual({ kind, tokens: [token] }),
  );

  it.each([
    ['a delay', delivery('delayed', '4.4.1')],
    ['a delivery', delivery('delivered', '2.0.0')],
    ['"this is no spam"', feedback('not-spam')],
    ['a statement about signatures', feedback('auth-failure')],
    ['a person who answers', 'From: Robin <robin@mail.example>\r\nSubject: Re: your order\r\n\r\nThanks!'],
    ['nothing', ''],
    ['a report without a boundary', 'Content-Type: multipart/report\r\n\r\nhm'],
  ])('is nothing to act on: %s', (_what, raw) => expect(parseMailReport(raw)).toBeNull());

  it('finds the mail by its link when a relay gave it another id', () => {
    const other = returned.map((line) =>
      line.startsWith('Message-ID') ? 'Message-ID: <0102@relay.example>' : line,
    );
    const raw = report('message/feedback-report', ['Feedback-Type: abuse', ''], other);
    expect(parseMailReport(raw)).toEqual({ kind: 'complaint', tokens: [token] });
  });

  it('makes do with the headers only, and with nothing of the mail', () => {
    const headers = returned.slice(0, 3);
    const middle = ['Final-Recipient: rfc822; x@y.example', 'Action: failed', 'Status: 5.1.1', ''];
    expect(
      parseMailReport(report('message/delivery-status', middle, headers, 'text/rfc822-headers')),
    ).toEqual({ kind: 'hard_bounce', tokens: [token] });
    expect(parseMailReport(report('message/delivery-status', middle, ['hm'], 'text/plain'))).toEqual({
      kind: 'hard_bounce',
      tokens: [],
    });
  });

  it('is what the inbox writes', () => {
    for (const kind of ['complaint', 'hard_bounce'] as const)
      expect(parseMailReport(writeReport(letterOf(token), kind))).toEqual({ kind, tokens: [token] });
  });
});

it('knows our ids from others', () => {
  expect(tokenOfMessageId(`<${token}@example.com>`)).toBe(token);
  expect(tokenOfMessageId(`${token}@example.com`)).toBe(token);
  expect(tokenOfMessageId('<short@example.com>')).toBeNull();
  expect(tokenOfMessageId(`<${token}>`)).toBeNull();
  expect(tokenOfMessageId("<1' OR 1=1@example.com>")).toBeNull();
});
