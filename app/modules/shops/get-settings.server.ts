import type { Tx } from '~/platform/db/index.server';
import { defaultSettings, type ShopSettings } from './types';

/** The merchant's settings; the defaults where nothing was ever saved. */
export async function getSettings(tx: Tx, input: { shopId: number }): Promise<ShopSettings> {
  const row = await tx.shopSettings.findUnique({ where: { shopId: input.shopId } });
  if (!row) return { ...defaultSettings };
  const { shopId: _shopId, updatedAt: _updatedAt, ...settings } = row;
  return settings;
}
