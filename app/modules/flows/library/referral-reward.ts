import type { FlowDefinition } from '../definition';

/**
 * Tells an advocate that they got points for a friend. Marketing: it advertises the programme, so it needs consent. Ends when
 * the reward was taken back before it was told. Every reward is a cause of its own; the cap on mails holds for all.
 */
export const referralReward: FlowDefinition = {
  key: 'referral_reward',
  exits: ['referral_undone', 'unsubscribed'],
  nodes: [
    { key: 'rewarded', kind: 'trigger', trigger: { kind: 'referral_rewarded' }, next: 'thanks' },
    {
      key: 'thanks',
      kind: 'send',
      templateKey: 'referral_reward',
      message: 'marketing',
      useful: { from: 'entry', minutes: 7 * 24 * 60 },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
