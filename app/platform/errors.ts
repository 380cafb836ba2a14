/** What went wrong, by kind: decides the HTTP status and whether trying again makes sense. */
export type ErrorCode = 'invalid' | 'not_found' | 'forbidden' | 'conflict' | 'unavailable' | 'internal';

const statusOf: Record<ErrorCode, number> = {
  invalid: 400,
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  unavailable: 503,
  internal: 500,
};

interface ErrorTexts {
  message: string;
  userMessage: string;
  reason?: string;
  cause?: unknown;
}

/**
 * An error with two texts: `message` for the log, `userMessage` for the person, saying what to do. `reason` is one word for
 * programs that tell a person in another language.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, { message, userMessage, reason, cause }: ErrorTexts) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
    this.userMessage = userMessage;
    this.reason = reason;
  }

  get status(): number {
    return statusOf[this.code];
  }
}

/** For a record that is not there, or belongs to another shop: both look the same from outside. */
export function notFound(what: string): AppError {
  return new AppError('not_found', {
    message: `${what} not found`,
    userMessage: `This ${what} does not exist, or no longer does.`,
  });
}

/** The text of anything that was thrown, for logs and error columns. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
