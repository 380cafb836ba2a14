import type { FlowDefinition } from '../definition';

/** One mail when a customer has been silent for so many days since the last order; once per silence. */
export const winBack: FlowDefinition = {
  key: 'win_back',
  exits: ['order_placed', 'unsubscribed'],
  nodes: [
    { key: 'silent', kind: 'trigger', trigger: { kind: 'days_since_last_order', days: 60 }, next: 'hello' },
    {
      key: 'hello',
      kind: 'send',
      templateKey: 'win_back',
      message: 'marketing',
      useful: { from: 'entry', minutes: 14 * 24 * 60 },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
