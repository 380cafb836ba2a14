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
import { createMessages } from '~/modules/messaging/index.server';
import { contentHash, encrypt } from '~/platform/crypto.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { AppError } from '~/platform/errors';
import type { PartnerSession } from './partner-session.server';
import { shopBrand } from './shop-brand.server';

/** The public page of a programme. */
export interface ProgrammePage {
  brand: Brand;
  programme: Programme;
}

/** Runs `work` in the transaction of the shop whose programme has this token; null when none has it. */
async function withProgramme<T>(
  token: string,
  work: (tx: Tx, page: ProgrammePage & { shopId: number }) => Promise<T>,
): Promise<T | null> {
  const shopId = await findShopByProgrammeToken(token);
  if (shopId === null) return null;
  return withShop(shopId, async (tx) => {
    const programme = await findProgramme(tx, { shopId });
    if (!programme) return null;
    const { brand } = await shopBrand(tx, { shopId });
    return work(tx, { shopId, programme, brand });
  });
}

export async function showProgramme(token: string): Promise<ProgrammePage | null> {
  return withProgramme(token, (_tx, { brand, programme }) => Promise.resolve({ brand, programme }));
}

/** Somebody applied. Throws `invalid`, also while the programme takes no applications. Null when there is no such programme. */
export async function affiliateApplied(
  token: string,
  input: { application: Application; now: Date },
): Promise<ProgrammePage | null> {
  return withProgramme(token, async (tx, { shopId, brand, programme }) => {
    if (!programme.isOpen) throw closed();
    await recordApplication(tx, { shopId, ...input });
    return { brand, programme };
  });
}

/**
 * Somebody asks for a link into the portal. It is mailed if the address belongs to an affiliate; the page says the same in any
 * case, so that nobody can find out who is one.
 */
export async function signInAsked(
  token: string,
  { email, now }: { email: string; now: Date },
): Promise<ProgrammePage | null> {
  return withProgramme(token, async (tx, { shopId, brand, programme }) => {
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
      };
      await createMessages(tx, { shopId, messages: [message], now });
    }
    return { brand, programme };
  });
}

/** Whose the link of a mail is, which works once from now on; null when it is none, was used, or is too old. */
export async function signInUsed(link: string, { now }: { now: Date }): Promise<PartnerSession | null> {
  const [token = '', secret = ''] = link.split('.');
  return withProgramme(token, async (tx, { shopId }) => {
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
