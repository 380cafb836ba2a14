import type { FlowDefinition } from '../definition';

const hours = 60;
const days = 24 * hours;

/**
 * Three mails about a cart left behind: when it counts as abandoned, a day and three days after the last activity in it.
 * Ends with any order of this person, with the cart itself, with a newer abandoned cart.
 */
export const abandonedCheckout: FlowDefinition = {
  key: 'abandoned_checkout',
  exits: ['order_placed', 'cart_closed', 'unsubscribed', 'superseded'],
  nodes: [
    { key: 'abandoned', kind: 'trigger', trigger: { kind: 'cart_abandoned' }, next: 'until_quiet' },
    // Passed at once, unless the person came back to the cart in the meantime.
    {
      key: 'until_quiet',
      kind: 'delay',
      from: 'cart_abandonment',
      minutes: 0,
      leastMinutes: 0,
      next: 'first',
    },
    {
      key: 'first',
      kind: 'send',
      templateKey: 'abandoned_checkout.first',
      message: 'marketing',
      useful: { from: 'cart_abandonment', minutes: 2 * days },
      next: 'until_second',
    },
    {
      key: 'until_second',
      kind: 'delay',
      from: 'cart_activity',
      minutes: 24 * hours,
      leastMinutes: 12 * hours,
      next: 'second',
    },
    {
      key: 'second',
      kind: 'send',
      templateKey: 'abandoned_checkout.second',
      message: 'marketing',
      useful: { from: 'cart_abandonment', minutes: 4 * days },
      next: 'until_third',
    },
    {
      key: 'until_third',
      kind: 'delay',
      from: 'cart_activity',
      minutes: 72 * hours,
      leastMinutes: 24 * hours,
      next: 'third',
    },
    {
      key: 'third',
      kind: 'send',
      templateKey: 'abandoned_checkout.third',
      message: 'marketing',
      useful: { from: 'cart_abandonment', minutes: 7 * days },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
