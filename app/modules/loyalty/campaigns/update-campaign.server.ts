import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { lockShop } from '../lock-shop.server';
import { forgetProgramme } from '../programme.server';
import { campaignSchema, type Campaign, type CampaignDraft } from './campaign';
import { readCampaigns } from './read-campaigns.server';

export interface UpdateCampaignInput {
  shopId: number;
  id: number | null; // null: a new one
  draft: CampaignDraft;
  now: Date;
}

/**
 * Adds a campaign, or changes it from `now` on, as a new version: orders placed before keep the version of their time.
 * Idempotent: a draft that changes nothing makes no version, and a new one that equals the newest of the shop is that one.
 * Throws `invalid` and `not_found`.
 */
export async function updateCampaign(tx: Tx, input: UpdateCampaignInput): Promise<Campaign> {
  const { shopId, id, now } = input;
  const parsed = campaignSchema.safeParse(input.draft);
  if (!parsed.success) throw invalid(parsed.error.message);
  await lockShop(tx, { shopId });
  const versions = await readCampaigns(tx, { shopId });
  const last = Math.max(0, ...versions.map((version) => version.id));
  const current = versions.findLast((version) => version.id === (id ?? last));
  if (id !== null && !current) throw notFound('campaign');
  const { factor, minimum, ...rest } = parsed.data;
  const next: Campaign = {
    ...rest,
    factor: decimal(factor),
    minimum: minimum === null ? null : decimal(minimum),
    id: id ?? last + 1,
    version: id === null ? 1 : (current?.version ?? 0) + 1,
    effectiveFrom: new Date(Math.max(now.getTime(), current?.effectiveFrom.getTime() ?? 0)),
  };
  if (current && sameTerms(current, next)) return current;
  const [startsOn, endsOn] = [next.startsOn, next.endsOn].map((day) => day && new Date(day));
  const data = { ...next, shopId, factor, minimum, startsOn, endsOn };
  await tx.campaign.create({ data });
  forgetProgramme(shopId);
  return next;
}

function sameTerms(a: Campaign, b: Campaign): boolean {
  const terms = ({ id: _id, version: _version, effectiveFrom: _from, ...rest }: Campaign): string =>
    JSON.stringify(
      Object.entries(rest)
        .map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)])
        .sort(),
    );
  return terms(a) === terms(b);
}

function invalid(message: string): AppError {
  return new AppError('invalid', {
    message: `campaign: ${message}`,
    userMessage: 'This campaign is not complete. Check its name, its multiplier, its products and its dates.',
  });
}
