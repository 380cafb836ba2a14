import type { FlowDefinition } from '../definition';

/**
 * The code of a friend who has claimed an offer, by mail, at once. Not marketing: they asked for this very code, so it needs
 * no consent; a suppressed address gets none all the same.
 */
export const referralWelcome: FlowDefinition = {
  key: 'referral_welcome',
  exits: ['offer_gone'],
  nodes: [
    { key: 'claimed', kind: 'trigger', trigger: { kind: 'referral_claimed' }, next: 'code' },
    {
      key: 'code',
      kind: 'send',
      templateKey: 'referral_welcome',
      message: 'transactional',
      useful: { from: 'entry', minutes: 2 * 24 * 60 },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
