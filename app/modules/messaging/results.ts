import type { MailOutcome } from '~/platform/mail/outcome';
import type { ClaimedMessage } from './claim-messages.server';
import type { MessageResult } from './record-results.server';
import { nextAttempt, nextConnection } from './retry';
import type { WithheldReason } from './types';

const nothing = {
  nextAttemptAt: null,
  smtpMessageId: null,
  smtpResponse: null,
  error: null,
  sentAt: null,
  bouncedAt: null,
};

/** What an answer of the mail server means for the message. Pure. */
export function resultOf(
  message: ClaimedMessage,
  outcome: MailOutcome,
  now: Date,
  smtpMessageId: string,
): MessageResult {
  const { id, attempts } = message;
  const { response } = outcome;
  switch (outcome.kind) {
    case 'accepted':
      return {
        ...nothing,
        id,
        status: 'sent',
        attempts: attempts + 1,
        smtpMessageId,
        smtpResponse: response,
        sentAt: now,
      };
    case 'rejected':
      return {
        ...nothing,
        id,
        status: 'failed',
        attempts: attempts + 1,
        smtpResponse: response,
        error: outcome.unknownUser ? 'unknown_user' : 'rejected',
        bouncedAt: outcome.unknownUser ? now : null,
      };
    case 'deferred':
      return putOffResult(message, response, now);
    case 'unavailable':
      return {
        ...nothing,
        id,
        status: 'queued',
        attempts,
        nextAttemptAt: nextConnection(now),
        error: `mail server unavailable: ${response}`,
      };
    case 'unknown':
      return {
        ...nothing,
        id,
        status: 'unknown',
        attempts: attempts + 1,
        smtpMessageId,
        smtpResponse: response,
        error: 'connection lost while sending',
      };
  }
}

/** Tried again later, and given up after the last attempt. */
export function putOffResult(message: ClaimedMessage, reason: string, now: Date): MessageResult {
  const attempts = message.attempts + 1;
  const nextAttemptAt = nextAttempt(attempts, now);
  return {
    ...nothing,
    id: message.id,
    status: nextAttemptAt ? 'queued' : 'failed',
    attempts,
    nextAttemptAt,
    smtpResponse: reason,
    error: nextAttemptAt ? null : 'gave_up',
  };
}

export function withheldResult(message: ClaimedMessage, reason: WithheldReason): MessageResult {
  return { ...nothing, id: message.id, status: 'withheld', attempts: message.attempts, error: reason };
}
