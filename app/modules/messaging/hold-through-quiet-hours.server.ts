import type { ShopSettings } from '~/modules/shops/types';
import type { Tx } from '~/platform/db/index.server';
import { afterQuietHours } from './quiet-hours';

/**
 * The arbiter lets nothing go out in quiet hours, but what it let go may have waited since, for a mail server that was away
 * or said "later". Marketing that is due in quiet hours is due when they end; no attempt is counted.
 */
export async function holdThroughQuietHours(
  tx: Tx,
  input: { shopId: number; now: Date; settings: ShopSettings; timeZone: string },
): Promise<void> {
  const { shopId, now, settings, timeZone } = input;
  const { quietHoursStart: start, quietHoursEnd: end } = settings;
  if (start === null || end === null) return;
  const awake = afterQuietHours(now, { start, end }, timeZone);
  if (awake <= now) return;
  await tx.$executeRaw`
    UPDATE messages SET next_attempt_at = ${awake}
    WHERE shop_id = ${shopId} AND id IN (
      SELECT id FROM messages
      WHERE shop_id = ${shopId} AND status = 'queued' AND kind = 'marketing' AND next_attempt_at <= ${now}
      FOR UPDATE SKIP LOCKED)`;
}
