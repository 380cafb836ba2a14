import { getSettings, getShop } from '~/modules/shops/index.server';
import type { Shop, ShopSettings } from '~/modules/shops/types';
import { decrypt } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { isHeaderSafe, isSendableAddress } from '~/platform/mail/address';
import { claimMessages, type ClaimedMessage } from './claim-messages.server';
import type { Sender } from './compose-mail';
import { ensureTemplates, templateName, type TemplateVersion } from './ensure-templates.server';
import { chooseLocale, type ChosenLocale } from './locale';
import { isAboutLoyalty } from './loyalty-vars';
import { planVars, type MailVars } from './mail-vars';
import { isAboutReferral } from './referral-vars';
import { holdThroughQuietHours } from './hold-through-quiet-hours.server';
import { isLate, isTooLate } from './retry';
import { sampleCart, sampleCustomer, sampleLoyalty, sampleReferral, sampleSignIn } from './sample';
import type { CartInMail, LoyaltyInMail, ReferralInMail, WithheldReason } from './types';

export interface PreparedMessage {
  message: ClaimedMessage;
  to: string;
  locale: ChosenLocale;
  vars: MailVars;
  template: TemplateVersion;
}

export interface PreparedBatch {
  claimed: number;
  prepared: PreparedMessage[];
  withheld: { message: ClaimedMessage; reason: WithheldReason }[];
  sender: Sender;
}

export type LoadCarts = (
  tx: Tx,
  input: { shopId: number; tokens: string[] },
) => Promise<Map<string, CartInMail>>;

interface MailsToFill {
  shopId: number;
  mails: Pick<ClaimedMessage, 'id' | 'profileId' | 'templateKey' | 'context'>[];
  now: Date;
}

/** What the mails about the programme show, by message. */
export type LoadLoyalty = (tx: Tx, input: MailsToFill) => Promise<Map<bigint, LoyaltyInMail>>;

/** What the mails about referrals show, by message. */
export type LoadReferrals = (tx: Tx, input: MailsToFill) => Promise<Map<bigint, ReferralInMail>>;

/** Which flow runs would end now, and why. */
export type FindEnded = (
  tx: Tx,
  input: { shopId: number; runIds: bigint[]; now: Date },
) => Promise<Map<bigint, WithheldReason>>;

interface BatchInput {
  shopId: number;
  leaseId: string;
  limit: number;
  now: Date;
  realNow: Date;
  loadCarts: LoadCarts;
  loadLoyalty: LoadLoyalty;
  loadReferrals: LoadReferrals;
  findEnded: FindEnded;
}

/** Takes the next due messages and gathers, set-wise, all that their rendering needs. Null when the shop left. */
export async function prepareBatch(tx: Tx, input: BatchInput): Promise<PreparedBatch | null> {
  const { shopId, now } = input;
  const shop = await getShop(tx, { shopId });
  if (shop.status !== 'active') return null;
  const settings = await getSettings(tx, { shopId });
  await holdThroughQuietHours(tx, { shopId, now, settings, timeZone: shop.timeZone });
  const messages = await claimMessages(tx, input);
  const sender = senderOf(shop, settings);
  const batch: PreparedBatch = { claimed: messages.length, prepared: [], withheld: [], sender };
  if (messages.length === 0) return batch;
  const about = await loadSubjects(tx, input, messages);
  const late = messages.filter(({ createdAt }) => isLate(createdAt, now));
  const runIds = late.flatMap(({ flowRunId }) => flowRunId ?? []);
  const ended =
    runIds.length > 0 ? await input.findEnded(tx, { shopId, runIds, now }) : new Map<bigint, never>();
  const planned = messages.map((message) => ({
    message,
    ...planMessage(message, { shop, settings, now, ...about(message) }),
  }));
  const templates = await ensureTemplates(tx, {
    shopId,
    wanted: planned.map(({ message, locale }) => ({ key: message.templateKey, locale: locale.mail })),
    now,
  });
  for (const { message, locale, ...plan } of planned) {
    const template = templates.get(templateName({ key: message.templateKey, locale: locale.mail }));
    const over = message.flowRunId === null ? undefined : ended.get(message.flowRunId);
    if (over) batch.withheld.push({ message, reason: over });
    else if ('withhold' in plan) batch.withheld.push({ message, reason: plan.withhold });
    else if (template) batch.prepared.push({ message, locale, to: plan.to, vars: plan.vars, template });
  }
  return batch;
}

type Subjects = Pick<Parameters<typeof planVars>[0], 'cart' | 'loyalty' | 'referral'>;

/** What the mails are about, each kind read once for the batch. */
async function loadSubjects(
  tx: Tx,
  { shopId, now, loadCarts, loadLoyalty, loadReferrals }: BatchInput,
  messages: ClaimedMessage[],
): Promise<(message: ClaimedMessage) => Subjects> {
  const tokens = messages.flatMap(({ context }) => (context.cartToken ? [context.cartToken] : []));
  const carts = await loadCarts(tx, { shopId, tokens: [...new Set(tokens)] });
  const mails = messages.filter(({ templateKey, context }) => isAboutLoyalty(templateKey) && !context.sample);
  const loyalty = mails.length > 0 ? await loadLoyalty(tx, { shopId, mails, now }) : new Map<bigint, never>();
  const about = messages.filter(
    ({ templateKey, context }) => isAboutReferral(templateKey) && !context.sample,
  );
  const referrals =
    about.length > 0 ? await loadReferrals(tx, { shopId, mails: about, now }) : new Map<bigint, never>();
  return ({ id, context }) => ({
    cart: context.cartToken ? (carts.get(context.cartToken) ?? null) : null,
    loyalty: loyalty.get(id) ?? null,
    referral: referrals.get(id) ?? null,
  });
}

type Plan = { locale: ChosenLocale } & ({ to: string; vars: MailVars } | { withhold: WithheldReason });

function planMessage(
  message: ClaimedMessage,
  known: { shop: Shop; settings: ShopSettings; now: Date } & Subjects,
): Plan {
  const { shop, settings, now } = known;
  const locale = chooseLocale([message.locale, message.profileLocale, known.cart?.locale, shop.locale]);
  const { signIn } = message.context;
  const to = message.kind === 'test' || signIn ? message.toAddress : message.email;
  if (!to || !isSendableAddress(to)) return { locale, withhold: 'no_email' };
  if (isTooLate(message.kind, message.createdAt, now)) return { locale, withhold: 'too_late' };
  const sample = message.context.sample ? sampleCustomer(locale.mail) : null;
  const plan = planVars({
    kind: message.kind,
    templateKey: message.templateKey,
    token: message.token,
    appUrl: env().SHOPIFY_APP_URL,
    locale,
    shop: shopInMail(shop, settings),
    customer: {
      firstName: message.firstName ?? sample?.firstName ?? null,
      points: sample?.points ?? message.points,
    },
    cart: sample ? sampleCart(locale.mail, `https://${shop.domain}`) : known.cart,
    loyalty: sample ? sampleLoyalty(locale.mail) : known.loyalty,
    referral: sample ? sampleReferral(`https://${shop.domain}`) : known.referral,
    signInUrl: signIn ? decrypt(signIn) : sample && sampleSignIn,
  });
  return 'withhold' in plan ? { locale, withhold: plan.withhold } : { locale, to, vars: plan.vars };
}

/** What a mail says about its shop. */
export function shopInMail(shop: Shop, settings: ShopSettings): Parameters<typeof planVars>[0]['shop'] {
  return {
    name: settings.senderName ?? shop.name ?? shop.domain,
    address: settings.postalAddress,
    logoUrl: settings.logoUrl,
    brandColor: settings.brandColor,
    currency: shop.currency,
  };
}

/** The merchant's own address when there is a usable one; otherwise ours, with replies going to the merchant. */
function senderOf(shop: Shop, settings: ShopSettings): Sender {
  const own = settings.senderEmail && isSendableAddress(settings.senderEmail) ? settings.senderEmail : null;
  const reply =
    [settings.replyTo, own, shop.email].find((address) => address && isSendableAddress(address)) ?? null;
  const name = shopInMail(shop, settings).name;
  return { name: isHeaderSafe(name) ? name : shop.domain, address: own ?? env().EMAIL_FROM, replyTo: reply };
}
