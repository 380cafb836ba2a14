import { formatMoney } from '~/platform/money';
import { formatCount, formatDay, type ChosenLocale } from './locale';
import { oneLine } from './one-line';
import type { LoyaltyInMail, TemplateKey, WithheldReason } from './types';

/** What mails about the programme may fill in; a mail has only what it is about. */
export interface LoyaltyVars {
  expiring?: { count: number; points: string; worth: string | null; lastDay: string };
  tier?: { name: string; multiplier: string | null; points: string | null; until: string | null };
  rewards?: { any: boolean; lines: { title: string; points: string }[] };
}

interface Input {
  templateKey: TemplateKey;
  locale: ChosenLocale;
  shop: { currency: string };
  loyalty: LoyaltyInMail | null;
}

type Planned = LoyaltyVars | { withhold: WithheldReason };

const loyaltyMails = new Set<TemplateKey>(['points_expiring', 'tier_up', 'reward_available']);

/** Whether a mail shows more of the programme than the balance. */
export function isAboutLoyalty(templateKey: TemplateKey): boolean {
  return loyaltyMails.has(templateKey);
}

/** What a mail says about the programme, or why there is nothing to say any more; nothing for other mails. Pure. */
export function planLoyaltyVars(input: Input): Planned {
  const { templateKey, loyalty } = input;
  if (!isAboutLoyalty(templateKey)) return {};
  if (!loyalty) return { withhold: 'missing_value: loyalty' };
  switch (templateKey) {
    case 'points_expiring':
      return expiringVars(loyalty, input);
    case 'tier_up':
      return tierVars(loyalty, input);
    default:
      return loyalty.rewards.length === 0
        ? { withhold: 'reward_lost' }
        : { rewards: rewardVars(loyalty, input) };
  }
}

function expiringVars(loyalty: LoyaltyInMail, input: Input): Planned {
  const { expiring } = loyalty;
  if (!expiring) return { withhold: 'points_kept' };
  const { format } = input.locale;
  return {
    expiring: {
      count: expiring.points,
      points: formatCount(expiring.points, format),
      worth: expiring.worth === null ? null : formatMoney(expiring.worth, input.shop.currency, format),
      lastDay: formatDay(expiring.lastDay, format),
    },
    rewards: rewardVars(loyalty, input),
  };
}

function tierVars({ tier }: LoyaltyInMail, { locale }: Input): Planned {
  if (!tier) return { withhold: 'tier_lost' };
  return {
    tier: {
      name: oneLine(tier.name, 60),
      multiplier: tier.multiplier > 1 ? formatCount(tier.multiplier, locale.format) : null,
      points: tier.points > 0 ? formatCount(tier.points, locale.format) : null,
      until: tier.until === null ? null : formatDay(tier.until, locale.format),
    },
  };
}

function rewardVars({ rewards }: LoyaltyInMail, { locale }: Input): LoyaltyVars['rewards'] {
  const lines = rewards.map(({ title, points }) => ({
    title: oneLine(title),
    points: formatCount(points, locale.format),
  }));
  return { any: lines.length > 0, lines };
}
