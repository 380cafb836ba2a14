import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { getSettings } from './get-settings.server';
import { defaultSettings, settingsChangesSchema, type SettingsChanges, type ShopSettings } from './types';

/** Saves the given fields and leaves the others as they are. Throws `invalid` and saves nothing when one is not acceptable. */
export async function updateSettings(
  tx: Tx,
  input: { shopId: number; changes: SettingsChanges; now: Date },
): Promise<ShopSettings> {
  const parsed = settingsChangesSchema.safeParse(input.changes);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('invalid', {
      message: `settings refused: ${problems.join('; ')}`,
      userMessage: problems.join('\n'),
    });
  }
  const { shopId, now } = input;
  await tx.shopSettings.upsert({
    where: { shopId },
    create: { ...defaultSettings, ...parsed.data, shopId, updatedAt: now },
    update: { ...parsed.data, updatedAt: now },
  });
  return getSettings(tx, { shopId });
}
