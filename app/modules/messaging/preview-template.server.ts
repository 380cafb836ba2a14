import { z } from 'zod';
import { fillTemplate, type LiquidVars } from '~/emails/fill-template.server';
import { renderTemplate } from '~/emails/render-template.server';
import type { MailWords } from '~/emails/words';
import { getSettings, getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { AppError } from '~/platform/errors';
import { listOwnWords } from './list-own-words.server';
import { chooseLocale } from './locale';
import { planVars, type MailVars } from './mail-vars';
import { shopInMail } from './prepare-batch.server';
import { sampleCart, sampleCustomer, sampleLoyalty, sampleReferral, sampleSignIn } from './sample';
import type { MailLocale, TemplateKey, TemplatePreview } from './types';

const partsSchema = z.record(z.string(), z.unknown());

/**
 * How a mail looks with the shop's brand and a made-up customer, or the first name and points of a real one. With `words`
 * it shows what the merchant is typing. Sends nothing and stores nothing. `missing` lists the placeholders nothing can
 * fill; what is shown has their names where they stand. Throws an AppError when the Liquid can't be read at all.
 */
export async function previewTemplate(
  tx: Tx,
  input: {
    shopId: number;
    templateKey: TemplateKey;
    locale: MailLocale;
    sampleProfileId?: bigint;
    words?: Partial<MailWords>;
  },
): Promise<TemplatePreview> {
  const { templateKey, locale } = input;
  const own = await listOwnWords(tx, input);
  const template = await renderTemplate({
    key: templateKey,
    locale,
    words: { ...own.get(`${templateKey}|${locale}`)?.words, ...input.words },
  });
  const vars = await sampleVars(tx, input);
  const { filled, used } = await fillTemplate({ template, items: [vars], inspect: true });
  const missing = used.filter((path) => !has(vars, path.split('.')));
  const [result] =
    missing.length > 0
      ? (await fillTemplate({ template, items: [withNamesFor(vars, missing)] })).filled
      : filled;
  if (!result?.ok) {
    const error = result?.error ?? 'not rendered';
    throw new AppError('invalid', {
      message: `template ${templateKey}: ${error}`,
      userMessage: `This text can't be read: ${error}`,
    });
  }
  return { ...result.mail, missing };
}

async function sampleVars(
  tx: Tx,
  input: { shopId: number; templateKey: TemplateKey; locale: MailLocale; sampleProfileId?: bigint },
): Promise<MailVars> {
  const { shopId, templateKey, locale, sampleProfileId } = input;
  const shop = await getShop(tx, { shopId });
  const settings = await getSettings(tx, { shopId });
  const real = sampleProfileId === undefined ? null : await findRealCustomer(tx, shopId, sampleProfileId);
  const plan = planVars({
    kind: 'marketing',
    templateKey,
    token: 'preview',
    appUrl: env().SHOPIFY_APP_URL,
    locale: chooseLocale([locale]),
    shop: shopInMail(shop, settings),
    customer: real ?? sampleCustomer(locale),
    cart: sampleCart(locale, `https://${shop.domain}`),
    loyalty: sampleLoyalty(locale),
    referral: sampleReferral(`https://${shop.domain}`),
    signInUrl: sampleSignIn,
  });
  if ('withhold' in plan) throw new Error(`the sample can't fill ${templateKey}: ${plan.withhold}`);
  return plan.vars;
}

async function findRealCustomer(
  tx: Tx,
  shopId: number,
  id: bigint,
): Promise<{ firstName: string | null; points: number } | null> {
  const profile = await tx.profile.findUnique({
    where: { shopId_id: { shopId, id } },
    include: { traits: true },
  });
  return profile && { firstName: profile.firstName, points: profile.traits?.pointsBalance ?? 0 };
}

function has(value: unknown, [first, ...rest]: string[]): boolean {
  if (first === undefined) return true;
  if (value === null || typeof value !== 'object') return false;
  const entry = Object.entries(value).find(([name]) => name === first);
  return entry !== undefined && has(entry[1], rest);
}

/** Values that say their own name where nothing can fill them, so that the rest can be looked at. */
function withNamesFor(vars: MailVars, missing: string[]): LiquidVars {
  const named: LiquidVars = structuredClone(vars);
  for (const path of missing) name(named, path.split('.'), `[${path}]`);
  return named;
}

function name(parent: LiquidVars, [first, ...rest]: string[], value: string): void {
  if (first === undefined) return;
  if (rest.length === 0) parent[first] = value;
  else {
    const inner = partsSchema.safeParse(parent[first]).data ?? {};
    parent[first] = inner;
    name(inner, rest, value);
  }
}
