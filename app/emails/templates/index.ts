import type { ComponentType } from 'react';
import type { TemplateKey } from '~/modules/messaging/types';
import { CartReminder } from './cart-reminder';
import { Letter } from './letter';
import { PointsLetter } from './points-letter';
import type { TemplateProps } from './props';
import { ReferralInvitation } from './referral-invitation';
import { ReferralWelcome } from './referral-welcome';
import { SignIn } from './sign-in';

export const templates: Record<TemplateKey, ComponentType<TemplateProps>> = {
  'abandoned_checkout.first': CartReminder,
  'abandoned_checkout.second': CartReminder,
  'abandoned_checkout.third': CartReminder,
  first_order_thank_you: Letter,
  win_back: Letter,
  points_expiring: PointsLetter,
  tier_up: Letter,
  reward_available: PointsLetter,
  referral_invitation: ReferralInvitation,
  referral_welcome: ReferralWelcome,
  referral_reward: Letter,
  affiliate_sign_in: SignIn,
};
