import type { FlowDefinition } from '../definition';

const days = 24 * 60;

/**
 * A mail to somebody whose points have become enough for a reward, with all they can buy. Marketing: it advertises the
 * programme, so it needs consent. A day later, so that it does not come along with the order; at most once in 30 days.
 */
export const rewardAvailable: FlowDefinition = {
  key: 'reward_available',
  exits: ['reward_lost', 'unsubscribed'],
  nodes: [
    { key: 'enough', kind: 'trigger', trigger: { kind: 'reward_reached', restDays: 30 }, next: 'next_day' },
    { key: 'next_day', kind: 'delay', from: 'entry', minutes: days, leastMinutes: 0, next: 'news' },
    {
      key: 'news',
      kind: 'send',
      templateKey: 'reward_available',
      message: 'marketing',
      useful: { from: 'entry', minutes: 7 * days },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
