import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';

const text = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit)
    .transform((value) => value || null)
    .nullable();

const changesSchema = z.object({
  title: text(100),
  intro: text(2_000),
  isOpen: z.boolean(),
  minimumPayout: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/),
});

export type ProgrammeChanges = z.input<typeof changesSchema>;

/** Changes what the application page says and from which amount on money is paid out. Idempotent. Throws `invalid`, `not_found`. */
export async function updateProgramme(
  tx: Tx,
  { shopId, changes, now }: { shopId: number; changes: ProgrammeChanges; now: Date },
): Promise<void> {
  const parsed = changesSchema.safeParse(changes);
  if (!parsed.success) {
    throw new AppError('invalid', {
      message: `affiliate programme: ${parsed.error.message}`,
      userMessage:
        'Enter a title of at most 100 and a text of at most 2000 characters, and an amount such as 25.00.',
    });
  }
  const { count } = await tx.affiliateProgramme.updateMany({
    where: { shopId },
    data: { ...parsed.data, updatedAt: now },
  });
  if (count === 0) throw notFound('programme');
}
