import type { ComponentType } from 'react';
import type { TemplateKey } from '~/modules/messaging/types';
import { CartReminder } from './cart-reminder';
import { Letter } from './letter';
import type { TemplateProps } from './props';
import { SignIn } from './sign-in';

export const templates: Record<TemplateKey, ComponentType<TemplateProps>> = {
  'abandoned_checkout.first': CartReminder,
  'abandoned_checkout.second': CartReminder,
  'abandoned_checkout.third': CartReminder,
  first_order_thank_you: Letter,
  win_back: Letter,
  affiliate_sign_in: SignIn,
};
