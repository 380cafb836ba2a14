import type { Brand } from '~/emails/public-page';
import {
  applySignIn,
  createSignIn,
  findProgramme,
  findShopByProgrammeToken,
  recordApplication,
  type Application,
} from '~/modules/affiliates/index.server';
import type { Programme } from '~/modules/affiliates/types';
import { createMessages, type ChosenLocale } from '~/modules/messaging/index.server';
import { contentHash, encrypt } from '~/platform/crypto.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { AppError } from '~/platform/errors';
import { partnerLocale } from './partner-locale.server';
import type { PartnerSession } from './partner-session.server';
import { shopBrand } from './shop-brand.server';

/** The public page of a programme. */
export interface ProgrammePage {
  locale: ChosenLocale;
  brand: Brand;
  programme: Programme;
}

/** Runs `work` in the transaction of the shop whose programme has this token; null when none has it, or its shop stopped. */
async function withProgramme<T>(
  token: string,
  language: string | null,
  work: (tx: Tx, page: ProgrammePage & { shopId: number }) => Promise<T>,
): Promise<T | null> {
  const shopId = await findShopByProgrammeToken(token);
  if (shopId === null) return null;
  return withShop(shopId, async (tx) => {
    const programme = await findProgramme(tx, { shopId });
    if (!programme) return null;
    const { shop, brand } = await shopBrand(tx, { shopId });
    if (shop.status === 'uninstalled') return null;
    return work(tx, { shopId, programme, brand, locale: partnerLocale(language, shop.locale) });
  });
}

export async function showProgramme(
  token: string,
  { language }: { language: string | null },
): Promise<ProgrammePage | null> {
  return withProgramme(token, language, (_tx, { shopId: _shopId, ...page }) => Promise.resolve(page));
}

/** Somebody applied. Throws `invalid`, also while the programme takes no applications. Null when there is no such programme. */
export async function affiliateApplied(
  token: string,
  input: { application: Application; language: string | null; now: Date },
): Promise<ProgrammePage | null> {
  const { application, language, now } = input;
  return withProgramme(token, language, async (tx, { shopId, ...page }) => {
    if (!page.programme.isOpen) throw closed();
    await recordApplication(tx, { shopId, application, now });
    return page;
  });
}

/**
 * Somebody asks for a link into the portal. It is mailed if the address belongs to an affiliate; the page says the same in any
 * case, so that nobody can find out who is one.
 */
export async function signInAsked(
  token: string,
  { email, language, now }: { email: string; language: string | null; now: Date },
): Promise<ProgrammePage | null> {
  return withProgramme(token, language, async (tx, { shopId, ...page }) => {
    const signIn = await createSignIn(tx, { shopId, email, now });
    if (signIn) {
      const address = `${env().SHOPIFY_APP_URL}/portal/enter/${token}.${signIn.token}`;
      const message = {
        dedupeKey: `affiliate-sign-in:${contentHash(signIn.token)}`,
        profileId: 0n, // an affiliate need not be a customer
        kind: 'transactional' as const,
        templateKey: 'affiliate_sign_in' as const,
        vars: { signIn: encrypt(address) },
        toAddress: signIn.email,
        locale: page.locale.mail, // of who asks; the shop's when we don't speak it
      };
      await createMessages(tx, { shopId, messages: [message], now });
    }
    return page;
  });
}

/** Whose the link of a mail is, which works once from now on; null when it is none, was used, or is too old. */
export async function signInUsed(link: string, { now }: { now: Date }): Promise<PartnerSession | null> {
  const [token = '', secret = ''] = link.split('.');
  return withProgramme(token, null, async (tx, { shopId }) => {
    const used = await applySignIn(tx, { shopId, token: secret, now });
    return used && { shopId, affiliateId: used.affiliateId };
  });
}

function closed(): AppError {
  return new AppError('invalid', {
    message: 'affiliates: no applications',
    userMessage: 'We are not taking applications right now.',
  });
}
