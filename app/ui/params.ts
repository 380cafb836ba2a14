import { z } from 'zod';
import { notFound } from '~/platform/errors';

const idSchema = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt);

/** An id out of the URL. Throws not_found for what cannot be one. */
export function idParam(value: string | undefined, what: string): bigint {
  const parsed = idSchema.safeParse(value);
  if (!parsed.success) throw notFound(what);
  return parsed.data;
}

/** The search part of a URL as the input of a schema; what is empty is absent. */
export function searchInput(request: Request): Record<string, string> {
  return Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ''));
}
