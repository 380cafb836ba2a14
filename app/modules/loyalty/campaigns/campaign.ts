import { z } from 'zod';
import type { Decimal } from '~/platform/money';
import { goodsListShape, isComplete, isListed, type ListedProduct } from '../goods-list';

/** What a merchant says about a campaign. Decimals are text. */
export const campaignSchema = z
  .object({
    title: z.string().trim().min(1).max(100),
    enabled: z.boolean(),
    factor: z.string().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/), // 2: double points; 0: none
    ...goodsListShape,
    startsOn: z.iso.date().nullable(), // first and last day, of the shop's time zone
    endsOn: z.iso.date().nullable(),
    minimum: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,4})?$/)
      .nullable(), // goods of the order as placed
    maxExtra: z.number().int().min(1).max(1_000_000).nullable(), // points on top per order
  })
  .refine(isComplete)
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn);

export type CampaignDraft = z.input<typeof campaignSchema>;

/** A version of a campaign. */
export interface Campaign extends Omit<CampaignDraft, 'factor' | 'minimum'> {
  id: number; // the same campaign keeps it from version to version
  version: number;
  factor: Decimal;
  minimum: Decimal | null;
  effectiveFrom: Date;
}

/** A line of an order, as campaigns see it: its product as it was when the line was first seen. */
export interface CampaignLine extends ListedProduct {
  placedAt: Date;
  localDay: string; // of the order, in the shop's time zone
  goods: Decimal; // of the whole order, as placed
}

/**
 * The campaign a line counts by: of the versions in force when the order was placed, the one that counts most; one that gives
 * nothing stands above all others. Null when none applies.
 */
export function findCampaign(line: CampaignLine, versions: Campaign[]): Campaign | null {
  const current = new Map<number, Campaign>();
  for (const version of versions)
    if (version.effectiveFrom <= line.placedAt) current.set(version.id, version); // oldest first: the newest stays
  const applying = [...current.values()].filter((campaign) => applies(campaign, line));
  const best = applying.reduce<Campaign | null>(
    (found, campaign) => (found === null || campaign.factor.greaterThan(found.factor) ? campaign : found),
    null,
  );
  return applying.find(({ factor }) => factor.isZero()) ?? best;
}

function applies(campaign: Campaign, line: CampaignLine): boolean {
  const { localDay, goods } = line;
  const { enabled, startsOn, endsOn, minimum } = campaign;
  if (!enabled || (startsOn !== null && localDay < startsOn) || (endsOn !== null && localDay > endsOn))
    return false;
  return !minimum?.greaterThan(goods) && isListed(line, campaign);
}
