/** What counts towards tiers. */
export const tierBases = ['net_spend', 'points_earned', 'orders'] as const;
export type TierBasis = (typeof tierBases)[number];

/** Over which time it counts. */
export const tierSpans = ['rolling_year', 'calendar_year', 'lifetime'] as const;
export type TierSpan = (typeof tierSpans)[number];
