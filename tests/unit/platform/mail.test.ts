import { describe, expect, it } from 'vitest';
import { isHeaderSafe, isSendableAddress } from '~/platform/mail/address';
import { classifyFailure } from '~/platform/mail/outcome';
import { sendMail, type OutgoingMail } from '~/platform/mail/transport.server';

describe('addresses we send to', () => {
  it.each([
    'a@example.com',
    'first.last+tag@sub.example.co.uk',
    "o'neil@example.org",
    'x_y@münchen.example'.replace('ü', 'u'),
  ])('are plain: %s', (address) => expect(isSendableAddress(address)).toBe(true));

  it.each([
    '',
    'nobody',
    'a@b',
    'a@x.com (b) .evil.com',
    '"x@gmail.com y"@internal',
    '"quoted"@example.com',
    'a@example.com,b@example.com',
    'a@example.com\r\nBcc: all@example.com',
    'a b@example.com',
    'Name <a@example.com>',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@-bad.example',
    '.a@example.com',
    'a..b@example.com',
    'a@example..com',
    'ä@example.com',
    `${'x'.repeat(65)}@example.com`,
    `a@${'x'.repeat(250)}.com`,
  ])('are not: %s', (address) => expect(isSendableAddress(address)).toBe(false));
});

describe('headers', () => {
  const mail: OutgoingMail = {
    messageId: 'token@example.com',
    from: { name: 'Shop', address: 'shop@example.com' },
    to: 'person@example.com',
    replyTo: null,
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    headers: {},
  };

  it.each<[string, Partial<OutgoingMail>]>([
    ['subject', { subject: 'Hi\r\nBcc: all@example.com' }],
    ['lone line feed', { subject: 'Hi\nX: y' }],
    ['unicode line separator', { subject: 'Hi\u2028X' }],
    ['sender name', { from: { name: 'Shop\r\nX: y', address: 'shop@example.com' } }],
    ['sender address', { from: { name: 'Shop', address: 'shop@example.com>\r\nX: y' } }],
    ['reply-to', { replyTo: 'a@x.com (b) .evil.com' }],
    ['recipient', { to: '"x@gmail.com y"@internal' }],
    ['own header', { headers: { 'X-A': 'b\r\nX-C: d' } }],
    ['header name', { headers: { 'X-A\r\nX-B': 'c' } }],
    ['message id', { messageId: 'a\r\nb@example.com' }],
  ])(
    'with a line break or a strange address are refused before anything is sent: %s',
    async (_what, change) => {
      expect(await sendMail({ ...mail, ...change })).toMatchObject({ kind: 'rejected', unknownUser: false });
    },
  );

  it('may be any other text', () => {
    expect(isHeaderSafe('Ünïcode “quotes” 🎁 (and) <brackets>')).toBe(true);
  });
});

describe('what a failed hand-over means', () => {
  const failure = { message: 'x', textFlowed: false };
  const rcpt = (response: string, responseCode: number) =>
    classifyFailure({ ...failure, code: 'EENVELOPE', command: 'RCPT TO', response, responseCode });

  it.each([
    ['550 5.1.1 mailbox does not exist', 550, true],
    ['550 5.1.10 null MX', 550, true],
    ['550 5.2.1 mailbox disabled', 550, true],
    ['550 No such user here', 550, true],
    ['551 user unknown', 551, true],
    ['553 invalid recipient', 553, true],
    ['550 5.7.1 user unknown to our policy', 550, false],
    ['552 5.2.2 mailbox full', 552, false],
    ['550 message rejected', 550, false],
    ['554 no such user', 554, false],
  ])('%s', (response, code, unknownUser) => {
    expect(rcpt(response, code)).toMatchObject({ kind: 'rejected', unknownUser });
  });

  it('4xx is later, a content refusal is no dead mailbox', () => {
    expect(rcpt('452 4.2.2 full', 452).kind).toBe('deferred');
    const data = { ...failure, code: 'EMESSAGE', command: 'DATA', textFlowed: true };
    expect(classifyFailure({ ...data, response: '550 no such user', responseCode: 550 })).toMatchObject({
      unknownUser: false,
    });
    expect(classifyFailure({ ...data, response: '451 later', responseCode: 451 }).kind).toBe('deferred');
  });

  it('a lost connection is unknown only once the text flowed', () => {
    expect(classifyFailure({ ...failure, code: 'ECONNECTION', command: 'CONN' }).kind).toBe('unavailable');
    expect(classifyFailure({ ...failure, code: 'ECONNECTION', command: 'CONN', textFlowed: true }).kind).toBe(
      'unknown',
    );
    expect(classifyFailure({ ...failure, code: 'ETIMEDOUT', textFlowed: true }).kind).toBe('unknown');
    expect(
      classifyFailure({
        ...failure,
        code: 'EAUTH',
        command: 'AUTH PLAIN',
        response: '535 no',
        responseCode: 535,
      }).kind,
    ).toBe('unavailable');
    expect(
      classifyFailure({ ...failure, code: 'ECONNECTION', response: '421 too busy', responseCode: 421 }).kind,
    ).toBe('unavailable');
  });
});
