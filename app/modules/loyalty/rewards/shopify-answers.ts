import { AppError } from '~/platform/errors';

/** The number in `gid://shopify/Kind/123`. */
export function readId(gid: string): bigint {
  return BigInt(gid.slice(gid.lastIndexOf('/') + 1).replace(/\?.*$/, ''));
}

/** Shopify neither did it nor said why not: try again later. */
export function unanswered(what: string): AppError {
  return new AppError('unavailable', {
    message: `Shopify: nothing made and no reason (${what})`,
    userMessage: 'Shopify did not answer as expected. Please try again in a minute.',
  });
}
