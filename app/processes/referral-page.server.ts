import { consentWording, type ReferralPageProps } from '~/emails/referral-page.server';
import type { RewardCodes } from '~/modules/loyalty/types';
import { chooseLocale, formatOffer, type ChosenLocale } from '~/modules/messaging/index.server';
import { findAdvocate, findProgramme, recordVisit } from '~/modules/referrals/index.server';
import type { Referral, ReferralProgramme } from '~/modules/referrals/types';
import { findShopByDomain } from '~/modules/shops/index.server';
import type { Shop } from '~/modules/shops/types';
import { languagesOf } from '~/platform/accept-language';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { formatMoney } from '~/platform/money';
import { shopBrand } from './shop-brand.server';
import { referralClaimed } from './referral-claimed.server';

/** Who asks for the page behind a link, as far as it shows. */
export interface Visitor {
  shopDomain: string;
  code: string;
  language: string | null; // as browsers tell it
  ip: string | null;
  userAgent: string | null;
  now: Date;
}

type Frame = Omit<ReferralPageProps, 'view'>;
interface Known {
  shopId: number;
  frame: Frame;
  timeZone: string;
  format: string;
  open: boolean; // the programme is on and the link somebody's
}

/** The page behind a referral link; counts the visit, and changes nothing else. Null: there is no such link. */
export async function showReferralPage(visitor: Visitor): Promise<ReferralPageProps | null> {
  const known = await readFrame(visitor);
  if (known === null) return null;
  const { shopId, frame, open } = known;
  if (!open) return { ...frame, view: { kind: 'ended' } };
  const { ip, userAgent, now } = visitor;
  const visit = { shopId, code: visitor.code.toUpperCase(), ip, userAgent, now };
  await withShop(shopId, (tx) => recordVisit(tx, visit));
  return { ...frame, view: { kind: 'offer' } };
}

/** A friend claims the offer on that page. Submitting it again answers the same. Null: there is no such link. */
export async function claimOnReferralPage(
  visitor: Visitor,
  form: { email: string; consent: boolean; codes?: RewardCodes },
): Promise<ReferralPageProps | null> {
  const known = await readFrame(visitor);
  if (known === null) return null;
  const { shopId, frame, open } = known;
  if (!open || frame.brand === null) return { ...frame, view: { kind: 'ended' } };
  const wording = consentWording(frame.locale, frame.brand);
  const { code, ip, userAgent, now } = visitor;
  try {
    const referral = await referralClaimed({
      shopId,
      code,
      email: form.email,
      consentWording: form.consent ? wording : null,
      ip,
      userAgent,
      now,
      ...(form.codes && { codes: form.codes }),
    });
    return { ...frame, view: viewOf(referral, known, now) };
  } catch (error) {
    // Who was erased, and who is blocked, are told the same: the page says nothing about a person.
    if (error instanceof AppError && error.code === 'conflict')
      return { ...frame, view: { kind: 'blocked' } };
    throw error;
  }
}

async function readFrame(visitor: Visitor): Promise<Known | null> {
  const found = await findShopByDomain(visitor.shopDomain);
  if (!found) return null;
  const shopId = found.id;
  return withShop(shopId, async (tx) => {
    const { shop, brand } = await shopBrand(tx, { shopId });
    const advocate = await findAdvocate(tx, { shopId, code: visitor.code });
    const programme = await findProgramme(tx, { shopId });
    if (!advocate || !programme || shop.status !== 'active') return null;
    const locale = chooseLocale([...languagesOf(visitor.language), shop.locale]);
    const offer = { ...offerWords(programme, shop, locale), friend: advocate.firstName };
    const { timeZone } = shop;
    return {
      shopId,
      timeZone,
      format: locale.format,
      open: programme.enabled,
      frame: { locale: locale.mail, brand, offer },
    };
  });
}

function offerWords(programme: ReferralProgramme, { currency }: Shop, { format }: ChosenLocale) {
  const { offerKind, offerValue, minimumOrder } = programme;
  return {
    offer: formatOffer({ kind: offerKind, value: offerValue }, { currency, locale: format }),
    minimum: minimumOrder === null ? null : formatMoney(minimumOrder, currency, format),
  };
}

function viewOf(referral: Referral, { timeZone, format }: Known, now: Date): ReferralPageProps['view'] {
  const { state, offerState, offerCode, offerStartsAt, offerExpiresAt } = referral;
  if (offerState === 'expired') return { kind: 'over' };
  if (offerState === 'made') {
    if (offerExpiresAt !== null && offerExpiresAt <= now) return { kind: 'over' };
    const date = new Intl.DateTimeFormat(format, { dateStyle: 'long', timeZone });
    const from = offerStartsAt !== null && offerStartsAt > now ? date.format(offerStartsAt) : null;
    return { kind: 'claimed', code: offerCode, from, until: offerExpiresAt && date.format(offerExpiresAt) };
  }
  if (offerState === 'making' || offerState === 'refused') return { kind: offerState };
  return { kind: state === 'blocked' || state === 'rejected' ? 'blocked' : 'making' };
}
