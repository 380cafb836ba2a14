import type { FlowDefinition } from '../definition';

/**
 * Thanks for the first paid order, with the points it earned. Marketing: it advertises the programme, so it needs consent.
 * A further order doesn't end it, an order that is cancelled or wholly refunded meanwhile does.
 */
export const firstOrderThankYou: FlowDefinition = {
  key: 'first_order_thank_you',
  exits: ['order_undone', 'unsubscribed'],
  nodes: [
    { key: 'paid', kind: 'trigger', trigger: { kind: 'first_order_paid' }, next: 'thanks' },
    {
      key: 'thanks',
      kind: 'send',
      templateKey: 'first_order_thank_you',
      message: 'marketing',
      useful: { from: 'entry', minutes: 3 * 24 * 60 },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
