import { AppError } from '../errors';

interface UserError {
  field?: string[] | null;
  message: string;
  code?: string | null;
}

/** Mutations report refusals in their payload. Throws AppError 'conflict' with Shopify's words when there is one. */
export function throwUserErrors(what: string, userErrors: readonly UserError[]): void {
  if (userErrors.length === 0) return;
  const reasons = userErrors
    .map(({ field, message }) => (field ? `${field.join('.')}: ${message}` : message))
    .join('; ');
  throw new AppError('conflict', {
    message: `Shopify refused ${what}: ${reasons}`,
    userMessage: `Shopify did not accept this: ${reasons}`,
  });
}
