import { customAlphabet } from 'nanoid';
import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';

const optional = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit)
    .transform((value) => value || null)
    .nullable()
    .default(null);

const applicationSchema = z.object({
  name: z.string().trim().min(1).max(100),
  email: z.string().trim().toLowerCase().pipe(z.email().max(320)),
  website: optional(500),
  about: optional(2_000),
  payoutTo: optional(500),
});

export type Application = z.input<typeof applicationSchema>;

const hourMs = 60 * 60 * 1_000;
/** New applications of a shop: more than people write, fewer than a machine would. */
const perHour = 100;

/** Letters that nobody takes for another when reading a link aloud. */
const linkCode = customAlphabet('23456789abcdefghijkmnpqrstuvwxyz', 10);

/**
 * Somebody wants to become an affiliate. Idempotent by address: who applied before is not asked twice, and what they wrote
 * then stays, so that nobody can change it by knowing an address. Throws `invalid`. Returns the affiliate and whether it is new.
 */
export async function recordApplication(
  tx: Tx,
  { shopId, application, now }: { shopId: number; application: Application; now: Date },
): Promise<{ affiliateId: bigint; isNew: boolean }> {
  const parsed = applicationSchema.safeParse(application);
  if (!parsed.success) {
    throw new AppError('invalid', {
      message: `application: ${z.prettifyError(parsed.error)}`,
      userMessage: 'Enter your name and your e-mail address, and at most 2000 characters about you.',
    });
  }
  const since = new Date(now.getTime() - hourMs);
  if ((await tx.affiliate.count({ where: { shopId, appliedAt: { gt: since } } })) >= perHour) throw tooMany();
  const data = { ...parsed.data, shopId, state: 'applied', linkCode: linkCode(), appliedAt: now };
  const { count } = await tx.affiliate.createMany({ data: [data], skipDuplicates: true });
  const { id } = await tx.affiliate.findFirstOrThrow({
    where: { shopId, email: parsed.data.email },
    select: { id: true },
  });
  return { affiliateId: id, isNew: count === 1 };
}

function tooMany(): AppError {
  return new AppError('unavailable', {
    message: 'affiliates: too many applications within an hour',
    userMessage: 'Many people are applying right now. Please try again in an hour.',
  });
}
