import type { FlowCondition, FlowNode, FlowTrigger } from '~/modules/flows/types';
import { formatMinutes, type Format } from '../format';
import { t, word } from '../i18n';

/** What a step of a flow does, in words. */
export function stepText(node: FlowNode, format: Format): string {
  switch (node.kind) {
    case 'trigger':
      return triggerText(node.trigger);
    case 'delay':
      return delayText(node);
    case 'condition':
      return conditionText(node.when, format);
    case 'send':
      return t('flows.step.send', { template: word('template', node.templateKey) });
    case 'exit':
      return node.reason === 'branch' ? t('flows.step.branchEnd') : t('flows.step.end');
  }
}

function triggerText(trigger: FlowTrigger): string {
  switch (trigger.kind) {
    case 'days_since_last_order':
      return t('flows.step.days_since_last_order', { days: trigger.days });
    case 'points_expiring':
      return t('flows.step.points_expiring', { days: trigger.days.join(', ') });
    case 'reward_reached':
    case 'order_paid':
      return t(`flows.step.${trigger.kind}`, { days: trigger.restDays });
    default:
      return t(`flows.step.${trigger.kind}`);
  }
}

function delayText({ from, minutes }: Extract<FlowNode, { kind: 'delay' }>): string {
  const time = formatMinutes(minutes);
  switch (from) {
    case 'entry':
      return t('flows.step.delayEntry', { time });
    case 'step':
      return t('flows.step.delayStep', { time });
    case 'cart_activity':
      return t('flows.step.delayActivity', { time });
    case 'cart_abandonment':
      return minutes === 0
        ? t('flows.step.delayUntilAbandonment')
        : t('flows.step.delayAbandonment', { time });
    case 'points_due':
      return t('flows.step.delayDue', { time });
  }
}

function conditionText(when: FlowCondition, format: Format): string {
  switch (when.fact) {
    case 'cart_state':
      return t('flows.step.conditionCartState', {
        states: when.in.map((state) => word('cartState', state)).join(', '),
      });
    case 'cart_total':
      return t('flows.step.conditionCartTotal', { amount: format.money(when.atLeast) });
    case 'ordered_since_entry':
      return t('flows.step.conditionOrdered');
    case 'points_balance':
      return t('flows.step.conditionPoints', { points: when.atLeast });
    case 'orders_count':
      return t('flows.step.conditionOrders', { orders: when.atLeast });
    case 'net_spend':
      return t('flows.step.conditionSpend', { amount: format.money(when.atLeast) });
    case 'subscribed':
      return t('flows.step.conditionSubscribed');
  }
}

/** Where a step leads to, with the answer that leads there. */
export function exitsOf(node: FlowNode): { to: string; answer?: string }[] {
  switch (node.kind) {
    case 'condition':
      return [
        { to: node.yes, answer: t('flows.picture.yes') },
        { to: node.no, answer: t('flows.picture.no') },
      ];
    case 'exit':
      return [];
    case 'trigger':
    case 'delay':
    case 'send':
      return [{ to: node.next }];
  }
}
