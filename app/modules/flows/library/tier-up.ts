import type { FlowDefinition } from '../definition';

/**
 * A mail to somebody whose order brought them into a higher tier. Marketing: it advertises the programme, so it needs
 * consent. An hour later, so that it does not come before the shop's confirmation of the order.
 */
export const tierUp: FlowDefinition = {
  key: 'tier_up',
  exits: ['tier_lost', 'unsubscribed', 'superseded'],
  nodes: [
    { key: 'reached', kind: 'trigger', trigger: { kind: 'tier_reached' }, next: 'after_order' },
    {
      key: 'after_order',
      kind: 'delay',
      from: 'entry',
      minutes: 60,
      leastMinutes: 0,
      next: 'congratulation',
    },
    {
      key: 'congratulation',
      kind: 'send',
      templateKey: 'tier_up',
      message: 'marketing',
      useful: { from: 'entry', minutes: 7 * 24 * 60 },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
