import type { Brand } from '~/emails/public-page';
import { findProgramme, getAffiliate } from '~/modules/affiliates/index.server';
import type { Affiliate, Programme } from '~/modules/affiliates/types';
import type { ChosenLocale } from '~/modules/messaging/index.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { partnerLocale } from './partner-locale.server';
import type { PartnerSession } from './partner-session.server';
import { shopBrand } from './shop-brand.server';

/** What every page of the affiliates' portal says of its shop and its reader. */
export interface PartnerFrame {
  locale: ChosenLocale;
  brand: Brand;
  currency: string; // of the shop
  timeZone: string;
}

/** Runs `work` for an affiliate who signed in; null for one who was erased or whose shop stopped. */
export async function withPartner<T>(
  { shopId, affiliateId }: PartnerSession,
  language: string | null,
  work: (tx: Tx, frame: PartnerFrame, partner: { affiliate: Affiliate; programme: Programme }) => Promise<T>,
): Promise<T | null> {
  return withShop(shopId, async (tx) => {
    const programme = await findProgramme(tx, { shopId });
    if (!programme) return null;
    const { shop, brand } = await shopBrand(tx, { shopId });
    if (shop.status === 'uninstalled') return null;
    const affiliate = await getAffiliate(tx, { shopId, affiliateId });
    if (affiliate.email === null) return null;
    const { currency, timeZone } = shop;
    const locale = partnerLocale(language, shop.locale);
    return work(tx, { brand, currency, timeZone, locale }, { affiliate, programme });
  });
}
