import type { Tx } from '~/platform/db/index.server';
import { forgetShop } from './find-shop-by-domain.server';
import { toShop } from './shop-row';
import type { Shop } from './types';

/**
 * The shop of this domain, created as `installing` when it is new, and made `installing` again when it comes back after
 * an uninstall. Idempotent, safe when called concurrently. `db` is the owner's client: there is no tenant before this.
 */
export async function ensureShop(
  db: Pick<Tx, 'shop' | '$executeRaw'>,
  input: { domain: string; now: Date },
): Promise<Shop> {
  const domain = input.domain.toLowerCase();
  await db.$executeRaw`
    INSERT INTO shops (domain, status, installed_at, updated_at) VALUES (${domain}, 'installing', ${input.now}, ${input.now})
    ON CONFLICT (domain) DO UPDATE
      SET status = 'installing', installed_at = excluded.installed_at, uninstalled_at = NULL, updated_at = excluded.updated_at
      WHERE shops.status = 'uninstalled'`;
  forgetShop(domain);
  return toShop(await db.shop.findUniqueOrThrow({ where: { domain } }));
}
