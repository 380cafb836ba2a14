import { Banner } from '@shopify/polaris';
import { t, word } from '../i18n';

const places: Record<string, string> = {
  points_expiring: '/app/loyalty/accounts',
  tier_up: '/app/loyalty/tiers',
  reward_available: '/app/loyalty/rewards',
  referral_invitation: '/app/referrals/settings',
  referral_welcome: '/app/referrals/settings',
  referral_reward: '/app/referrals/settings',
};

/** Why nobody can enter a flow about the programme as it is, and where to change that. */
export function GroundBanner({ flowKey }: { flowKey: string }) {
  return (
    <Banner tone="info" action={{ content: t('flows.groundAction'), url: places[flowKey] ?? '/app/loyalty' }}>
      {word('flows.ground', flowKey)}
    </Banner>
  );
}
