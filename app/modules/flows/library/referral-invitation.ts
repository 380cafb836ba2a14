import type { FlowDefinition } from '../definition';

const days = 24 * 60;

/**
 * Invites somebody who has paid an order to recommend the shop, with their own link. Marketing: it advertises the programme,
 * so it needs consent. A week after the order, when it has arrived and was kept; at most once in 90 days.
 */
export const referralInvitation: FlowDefinition = {
  key: 'referral_invitation',
  exits: ['programme_off', 'order_undone', 'unsubscribed'],
  nodes: [
    { key: 'paid', kind: 'trigger', trigger: { kind: 'order_paid', restDays: 90 }, next: 'a_week' },
    { key: 'a_week', kind: 'delay', from: 'entry', minutes: 7 * days, leastMinutes: 0, next: 'invitation' },
    {
      key: 'invitation',
      kind: 'send',
      templateKey: 'referral_invitation',
      message: 'marketing',
      useful: { from: 'entry', minutes: 21 * days },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
