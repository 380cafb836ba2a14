import { acrossShops } from '~/platform/db/index.server';

const keepMs = 30 * 24 * 60 * 60 * 1_000;
const chunk = 5_000;

/** Deletes deliveries older than 30 days, whatever their state: payloads are personal data. Returns how many. Idempotent. */
export async function purgeInbox(input: { now: Date }): Promise<number> {
  const before = new Date(input.now.getTime() - keepMs);
  let purged = 0;
  for (;;) {
    const count = await acrossShops(
      (db) => db.$executeRaw`
        DELETE FROM inbox_events WHERE (shop_domain, id) IN (
          SELECT shop_domain, id FROM inbox_events WHERE received_at < ${before} ORDER BY received_at LIMIT ${chunk})`,
    );
    purged += count;
    if (count < chunk) return purged;
  }
}
