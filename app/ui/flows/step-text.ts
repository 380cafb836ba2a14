import type { FlowCondition, FlowNode } from '~/modules/flows/types';
import { formatMinutes, type Format } from '../format';
import { t, word } from '../i18n';

/** What a step of a flow does, in words. */
export function stepText(node: FlowNode, format: Format): string {
  switch (node.kind) {
    case 'trigger':
      return node.trigger.kind === 'days_since_last_order'
        ? t('flows.step.days_since_last_order', { days: node.trigger.days })
        : t(`flows.step.${node.trigger.kind}`);
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
