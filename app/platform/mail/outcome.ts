/** What became of a hand-over. */
export type MailOutcome =
  | { kind: 'accepted'; response: string }
  /** The server said no for good (5xx). `unknownUser`: because there is no such mailbox. */
  | { kind: 'rejected'; response: string; unknownUser: boolean }
  /** The server said not now (4xx) about this mail. */
  | { kind: 'deferred'; response: string }
  /** No server to talk to, or it does not let us in: nothing is wrong with the mail. */
  | { kind: 'unavailable'; response: string }
  /** The server may have it: the connection was lost after the text had begun to flow. Never sent again by itself. */
  | { kind: 'unknown'; response: string };

/** What nodemailer tells about a failed hand-over. */
export interface SmtpFailure {
  message: string;
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  /** Whether any of the mail's text was sent before it failed. */
  textFlowed: boolean;
}

/** Enhanced status codes (RFC 3463, 7505) that say: this mailbox does not exist or never will take mail. */
export const unknownUserCodes = new Set(['5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1', '5.4.4']);

/** For servers that give no enhanced code with their 550, 551 or 553. */
const unknownUserTexts =
  /user (is )?unknown|unknown (user|recipient|mailbox)|no such (user|recipient|mailbox|address)|(user|mailbox|recipient|address|account) (was )?(not found|does ?n.t exist|does not exist)|(mailbox|account) (is )?(disabled|inactive|unavailable)|invalid (recipient|mailbox|user)/i;

/** Sorts a failed hand-over. Pure. */
export function classifyFailure(failure: SmtpFailure): MailOutcome {
  const response = (failure.response ?? failure.message).slice(0, 500);
  const status = failure.responseCode ?? 0;
  const aboutMail = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE';
  if (aboutMail && status >= 500 && status < 600) {
    return {
      kind: 'rejected',
      response,
      unknownUser:
        failure.command === 'RCPT TO' ? isUnknownUser(status, response) : isUnknownByCode(response),
    };
  }
  if (aboutMail && status >= 400 && status < 500) return { kind: 'deferred', response };
  if (aboutMail && !status) return { kind: 'rejected', response, unknownUser: false }; // refused by nodemailer itself
  return { kind: failure.textFlowed && !status ? 'unknown' : 'unavailable', response };
}

function isUnknownUser(status: number, response: string): boolean {
  if (enhancedCode(response)) return isUnknownByCode(response);
  return [550, 551, 553].includes(status) && unknownUserTexts.test(response);
}

function isUnknownByCode(response: string): boolean {
  const code = enhancedCode(response);
  return code !== null && unknownUserCodes.has(code);
}

function enhancedCode(response: string): string | null {
  return /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null;
}
