import { z } from 'zod';
import type { Decimal } from '~/platform/money';

export const campaignScopes = ['all', 'products', 'collections', 'tags'] as const;

/** What a merchant says about a campaign. Decimals are text. */
export const campaignSchema = z
  .object({
    title: z.string().trim().min(1).max(100),
    enabled: z.boolean(),
    factor: z.string().regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/), // 2: double points; 0: none
    scope: z.enum(campaignScopes),
    productIds: z.array(z.bigint()).max(250),
    collectionIds: z.array(z.bigint()).max(250),
    tags: z.array(z.string().trim().min(1).max(255)).max(50),
    startsOn: z.iso.date().nullable(), // first and last day, of the shop's time zone
    endsOn: z.iso.date().nullable(),
    minimum: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,4})?$/)
      .nullable(), // goods of the order as placed
    maxExtra: z.number().int().min(1).max(1_000_000).nullable(), // points on top per order
  })
  .refine(({ scope, productIds, collectionIds, tags }) => {
    if (scope === 'all') return true;
    return { products: productIds, collections: collectionIds, tags }[scope].length > 0;
  })
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

/** A line of an order, as campaigns see it. */
export interface CampaignLine {
  productId: bigint | null;
  collectionIds: bigint[]; // its product was in when the line was first seen
  tags: string[]; // of its product, lower case
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
  const { productId, collectionIds, tags, localDay, goods } = line;
  const { enabled, startsOn, endsOn, minimum, scope } = campaign;
  if (!enabled || (startsOn !== null && localDay < startsOn) || (endsOn !== null && localDay > endsOn))
    return false;
  if (minimum?.greaterThan(goods)) return false;
  if (scope === 'products') return productId !== null && campaign.productIds.includes(productId);
  if (scope === 'collections') return campaign.collectionIds.some((id) => collectionIds.includes(id));
  return scope === 'all' || campaign.tags.some((tag) => tags.includes(tag.toLowerCase()));
}
