import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';

const assetSchema = z.object({
  title: z.string().trim().min(1).max(100),
  url: z.url({ protocol: /^https$/ }).max(2_000),
  key: z.string().min(1).max(100),
});

/** Adds something affiliates may use, by its address. Idempotent by `key`. Throws `invalid`. */
export async function createAsset(
  tx: Tx,
  input: { shopId: number; title: string; url: string; key: string; now: Date },
): Promise<void> {
  const parsed = assetSchema.safeParse(input);
  if (!parsed.success) {
    throw new AppError('invalid', {
      message: `affiliate asset: ${parsed.error.message}`,
      userMessage: 'Enter a name of at most 100 characters and an address that starts with https://.',
    });
  }
  const { title, url, key: createKey } = parsed.data;
  const data = { shopId: input.shopId, title, url, createKey, createdAt: input.now };
  await tx.affiliateAsset.createMany({ data: [data], skipDuplicates: true });
}
