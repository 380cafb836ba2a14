import { describe, expect, it } from 'vitest';
import type { FlowCondition, FlowNode } from '~/modules/flows/types';
import { createFormat } from '~/ui/format';
import { exitsOf, stepText } from '~/ui/flows/step-text';

const format = createFormat({ currency: 'EUR', timeZone: 'UTC', locale: 'en' });
const text = (node: FlowNode) => stepText(node, format);

describe('a step of a flow in words', () => {
  it('tells what starts it and how it ends', () => {
    const trigger = (node: Extract<FlowNode, { kind: 'trigger' }>['trigger']): FlowNode => ({
      key: 'a',
      kind: 'trigger',
      trigger: node,
      next: 'b',
    });
    expect(text(trigger({ kind: 'cart_abandoned' }))).toBe('Somebody abandons a checkout');
    expect(text(trigger({ kind: 'days_since_last_order', days: 60 }))).toBe('60 days after the last order');
    expect(text(trigger({ kind: 'points_expiring', days: [30, 7] }))).toBe('30, 7 days before points expire');
    expect(text(trigger({ kind: 'order_paid', restDays: 90 }))).toBe(
      'Somebody pays an order, not again within 90 days',
    );
    expect(text({ key: 'z', kind: 'exit', reason: 'completed' })).toBe('End');
    expect(text({ key: 'z', kind: 'exit', reason: 'branch' })).toBe('End of this branch');
  });

  it.each([
    ['entry', 60, 'Wait until 1 hour after entering'],
    ['step', 1_440, 'Wait 1 day'],
    ['cart_activity', 4_320, 'Wait until 3 days after the last activity in the cart'],
    ['cart_abandonment', 90, 'Wait until 90 minutes after the cart was abandoned'],
    ['points_due', 60, 'Wait until 1 hour after the points are due'],
    ['cart_abandonment', 0, 'Check that the cart is still abandoned'],
  ] as const)('tells a wait from %s of %i minutes', (from, minutes, expected) => {
    expect(text({ key: 'a', kind: 'delay', from, minutes, leastMinutes: 0, next: 'b' })).toBe(expected);
  });

  const questions: [FlowCondition, string][] = [
    [{ fact: 'cart_state', in: ['open', 'abandoned'] }, 'Is the cart Open, Abandoned?'],
    [{ fact: 'cart_total', atLeast: '50' }, 'Is the cart worth at least €50.00?'],
    [{ fact: 'ordered_since_entry' }, 'Ordered since entering?'],
    [{ fact: 'points_balance', atLeast: 100 }, 'Has at least 100 points?'],
    [{ fact: 'orders_count', atLeast: 2 }, 'Has at least 2 orders?'],
    [{ fact: 'net_spend', atLeast: '99.9' }, 'Spent at least €99.90?'],
    [{ fact: 'subscribed' }, 'Subscribed to e-mails?'],
  ];
  it.each(questions)('asks about %o', (when, expected) => {
    const node: FlowNode = { key: 'a', kind: 'condition', when, yes: 'b', no: 'c' };
    expect(text(node)).toBe(expected);
    expect(exitsOf(node)).toEqual([
      { to: 'b', answer: 'Yes' },
      { to: 'c', answer: 'No' },
    ]);
  });
});
