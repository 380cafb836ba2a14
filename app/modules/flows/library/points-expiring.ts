import type { FlowDefinition } from '../definition';

const hours = 60;

/**
 * A mail so many days before points expire. Marketing: it asks people to come and spend them, so it needs consent. People
 * enter in the night and are written to in the morning. Ends when nothing of it expires any more, because they came, spent
 * or were given time.
 */
export const pointsExpiring: FlowDefinition = {
  key: 'points_expiring',
  exits: ['points_kept', 'unsubscribed', 'superseded'],
  nodes: [
    {
      key: 'soon',
      kind: 'trigger',
      trigger: { kind: 'points_expiring', days: [30, 7] },
      next: 'until_morning',
    },
    {
      key: 'until_morning',
      kind: 'delay',
      from: 'entry',
      minutes: 8 * hours,
      leastMinutes: 0,
      next: 'warning',
    },
    {
      key: 'warning',
      kind: 'send',
      templateKey: 'points_expiring',
      message: 'marketing',
      useful: { from: 'points_due', minutes: 0 },
      next: 'end',
    },
    { key: 'end', kind: 'exit', reason: 'completed' },
  ],
};
