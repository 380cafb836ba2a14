import type { TimelineEntry } from '~/modules/insights/types';
import type { Format } from './format';
import { t, word } from './i18n';

type Data = TimelineEntry['data'];

/** What happened, in plain words. */
export function timelineText({ kind, data }: Pick<TimelineEntry, 'kind' | 'data'>, format: Format): string {
  const sentence = sentences[kind]?.(data, format) ?? kind.replaceAll('_', ' ');
  const amount = text(data, 'amount') ?? text(data, 'total');
  if (!amount || !/^-?\d+(\.\d+)?$/.test(amount)) return sentence;
  return t('timeline.amount', { text: sentence, amount: format.money(amount, text(data, 'currency')) });
}

const sentences: Record<string, (data: Data, format: Format) => string> = {
  order_placed: (data) => t('timeline.order_placed', { order: orderName(data) }),
  order_cancelled: (data) => t('timeline.order_cancelled', { order: orderName(data) }),
  order_refunded: (data) => t('timeline.order_refunded', { order: orderName(data) }),
  order_fulfilled: (data) => t('timeline.order_fulfilled', { order: orderName(data) }),
  cart_abandoned: () => t('timeline.cart_abandoned'),
  cart_recovered: () => t('timeline.cart_recovered'),
  consent_changed: (data) =>
    t('timeline.consent_changed', {
      state: word('emailState', text(data, 'state') ?? 'unknown'),
      source: word('consentSource', text(data, 'source') ?? 'shopify'),
    }),
  email_sent: (data) => t('timeline.email_sent', { template: templateName(data) }),
  email_clicked: (data) => t('timeline.email_clicked', { template: templateName(data) }),
  email_withheld: (data) =>
    t('timeline.email_withheld', { reason: word('reason', text(data, 'reason') ?? 'unknown') }),
  email_bounced: (data) =>
    t('timeline.email_bounced', { reason: word('reason', text(data, 'reason') ?? 'unknown') }),
  email_complained: (data) => t('timeline.email_complained', { template: templateName(data) }),
  points_adjusted: (data, format) =>
    t('timeline.points_adjusted', { points: format.signed(Number(data.points ?? 0)) }),
  points_expired: (data) => t('timeline.points_expired', { count: Number(data.points ?? 0) }),
  event_earned: (data) =>
    t('timeline.event_earned', {
      title: text(data, 'title') ?? '',
      points: t('common.points', { count: Number(data.points ?? 0) }),
    }),
  reward_redeemed: (data) => t('timeline.reward_redeemed', rewardOf(data)),
  reward_cancelled: (data) =>
    t(data.deleted === true ? 'timeline.reward_deleted' : 'timeline.reward_cancelled', rewardOf(data)),
  referral_claimed: () => t('timeline.referral_claimed'),
  referral_rewarded: (data) => t('timeline.referral_rewarded', { count: Number(data.points ?? 0) }),
  referral_taken_back: (data) =>
    t('timeline.referral_taken_back', { count: Math.abs(Number(data.points ?? 0)) }),
  profiles_merged: () => t('timeline.profiles_merged'),
  flow_entered: (data) => t('timeline.flow_entered', { flow: flowName(data) }),
  flow_exited: (data) =>
    t('timeline.flow_exited', {
      flow: flowName(data),
      reason: word('runExit', text(data, 'reason') ?? 'completed'),
    }),
};

function text(data: Data, name: string): string | undefined {
  const value = data[name];
  return value === null || value === undefined ? undefined : String(value);
}

function rewardOf(data: Data): { title: string; points: string } {
  return {
    title: text(data, 'title') ?? '',
    points: t('common.points', { count: Number(data.points ?? 0) }),
  };
}

function orderName(data: Data): string {
  return text(data, 'orderName') ?? text(data, 'name') ?? text(data, 'order') ?? text(data, 'orderId') ?? '';
}

function templateName(data: Data): string {
  return word('template', text(data, 'templateKey') ?? text(data, 'template') ?? text(data, 'flowKey') ?? '');
}

function flowName(data: Data): string {
  return word('flows.name', text(data, 'flowKey') ?? text(data, 'flow') ?? '');
}
