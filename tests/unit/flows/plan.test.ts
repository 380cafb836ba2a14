import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowDefinitionSchema, type FlowDefinition } from '~/modules/flows/definition';
import { abandonedCheckout } from '~/modules/flows/library/abandoned-checkout';
import { pointsExpiring } from '~/modules/flows/library/points-expiring';
import { planStep, planWalk, type RunFacts } from '~/modules/flows/plan';
import { arbitrate } from '~/modules/messaging/arbiter';
import { isQuiet } from '~/modules/messaging/quiet-hours';
import { decimal } from '~/platform/money';

const hourMs = 3_600_000;
const entered = new Date('2026-05-04T11:00:00Z');

function after(hours: number): Date {
  return new Date(entered.getTime() + hours * hourMs);
}

/** A cart left an hour before the run began. */
function facts(changes: Partial<RunFacts> = {}): RunFacts {
  return {
    cart: { state: 'abandoned', total: decimal('50.00'), lastActivityAt: after(-1) },
    cartDelayMinutes: 60,
    orderedSince: false,
    orderUndone: false,
    unsubscribedSince: false,
    superseded: false,
    redacted: false,
    pointsKept: false,
    tierLost: false,
    rewardLost: false,
    programmeOff: false,
    offerGone: false,
    referralUndone: false,
    pointsDueAt: null,
    subscribed: true,
    ordersCount: 0,
    netSpend: decimal('0'),
    pointsBalance: 0,
    ...changes,
  };
}

function standingAt(nodeKey: string, nodeSince = entered) {
  return { nodeKey, nodeSince, enteredAt: entered };
}

describe('planning a run', () => {
  it('sends the first mail at entry, then a day and three days after the last activity', () => {
    const first = planWalk(abandonedCheckout, standingAt('abandoned'), facts(), entered);
    expect(first).toMatchObject({ nodeKey: 'first', step: { kind: 'send' } });
    const second = planWalk(abandonedCheckout, standingAt('until_second'), facts(), entered);
    expect(second.step).toEqual({ kind: 'wait', until: after(23) });
    const third = planWalk(abandonedCheckout, standingAt('until_third', after(23)), facts(), after(23));
    expect(third.step).toEqual({ kind: 'wait', until: after(71) });
  });

  it('waits on while the person is busy with the cart again', () => {
    const busy = facts({ cart: { state: 'open', total: decimal('50'), lastActivityAt: after(5) } });
    expect(planWalk(abandonedCheckout, standingAt('until_quiet'), busy, after(5.5)).step).toEqual({
      kind: 'wait',
      until: after(6),
    });
  });

  it('keeps two mails apart when the first one was late', () => {
    const late = planWalk(abandonedCheckout, standingAt('until_second', after(30)), facts(), after(30));
    expect(late.step).toEqual({ kind: 'wait', until: after(42) });
  });

  it.each([
    ['an order', { orderedSince: true }, 'order_placed'],
    [
      'a bought cart',
      { cart: { state: 'recovered', total: decimal('1'), lastActivityAt: entered } },
      'cart_closed',
    ],
    ['goodbye', { unsubscribedSince: true }, 'unsubscribed'],
    ['a newer cart', { superseded: true }, 'superseded'],
    ['erasure', { redacted: true }, 'redacted'],
  ] as const)('ends with %s, at whatever step it stands', (_what, changes, reason) => {
    for (const node of abandonedCheckout.nodes) {
      const step = planStep(abandonedCheckout, standingAt(node.key), facts(changes), after(200));
      expect(step).toEqual({ kind: 'exit', reason });
    }
  });

  it('of a warning ends when nothing expires any more, and the mail is useful until points are gone', () => {
    const due = facts({ pointsDueAt: after(100) });
    const stop = planWalk(pointsExpiring, standingAt('until_morning'), due, after(8));
    expect(stop.step).toMatchObject({ kind: 'send', latestUsefulAt: after(100) });
    const kept = facts({ pointsDueAt: after(100), pointsKept: true });
    expect(planStep(pointsExpiring, standingAt('warning'), kept, after(8))).toEqual({
      kind: 'exit',
      reason: 'points_kept',
    });
  });

  it('throws at a step its version does not have', () => {
    expect(() => planStep(abandonedCheckout, standingAt('elsewhere'), facts(), entered)).toThrow(/no step/);
  });

  it.each([
    [{ fact: 'points_balance', atLeast: 100 }, { pointsBalance: 100 }, { pointsBalance: 99 }],
    [{ fact: 'orders_count', atLeast: 2 }, { ordersCount: 2 }, { ordersCount: 1 }],
    [{ fact: 'net_spend', atLeast: '10.10' }, { netSpend: decimal('10.1') }, { netSpend: decimal('10.09') }],
    [{ fact: 'cart_total', atLeast: '50' }, {}, { cart: null }],
    [{ fact: 'cart_state', in: ['abandoned'] }, {}, { cart: null }],
    [{ fact: 'ordered_since_entry' }, { orderedSince: true }, {}],
    [{ fact: 'subscribed' }, {}, { subscribed: false }],
  ])('asks %j', (when, yes, no) => {
    const definition = questionFlow(when);
    expect(planWalk(definition, standingAt('start'), facts(yes), entered).nodeKey).toBe('yes_end');
    expect(planWalk(definition, standingAt('start'), facts(no), entered).nodeKey).toBe('no_end');
  });
});

function questionFlow(when: unknown): FlowDefinition {
  return flowDefinitionSchema.parse({
    key: 'question',
    exits: [],
    nodes: [
      { key: 'start', kind: 'trigger', trigger: { kind: 'cart_abandoned' }, next: 'ask' },
      { key: 'ask', kind: 'condition', when, yes: 'yes_end', no: 'no_end' },
      { key: 'yes_end', kind: 'exit', reason: 'completed' },
      { key: 'no_end', kind: 'exit', reason: 'branch' },
    ],
  });
}

interface Journey {
  zone: string;
  day: string;
  minute: number;
  start: number;
  length: number;
  lags: number[];
}

const journeys: fc.Arbitrary<Journey> = fc.record({
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
  day: fc.constantFrom(
    '2026-03-07',
    '2026-03-28',
    '2026-04-04',
    '2026-10-03',
    '2026-10-24',
    '2026-10-31',
    '2026-07-01',
  ),
  minute: fc.integer({ min: 0, max: 1439 }),
  start: fc.integer({ min: 0, max: 1439 }),
  length: fc.integer({ min: 0, max: 14 * 60 }),
  // Minutes each wake-up comes late: the worker was busy, off, or the clock was moved.
  lags: fc.array(
    fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 6000 })),
    {
      minLength: 1,
      maxLength: 20,
    },
  ),
});

/** Lives through the abandoned-checkout flow as the engine does, without a database. */
function live(journey: Journey) {
  const begin = new Date(new Date(`${journey.day}T00:00:00Z`).getTime() + journey.minute * 60_000);
  const quietHours = { start: journey.start, end: (journey.start + journey.length) % 1440 };
  const cart = {
    state: 'abandoned',
    total: decimal('10'),
    lastActivityAt: new Date(begin.getTime() - hourMs),
  } as const;
  const sent: { node: string; at: Date }[] = [];
  const asked: { node: string; at: Date; outcome: string }[] = [];
  let run = { nodeKey: 'abandoned', nodeSince: begin, enteredAt: begin };
  let now = begin;
  for (let turn = 0; turn < 100; turn += 1) {
    const stop = planWalk(abandonedCheckout, run, facts({ cart }), now);
    run = { ...run, nodeKey: stop.nodeKey, nodeSince: stop.nodeSince };
    if (stop.step.kind === 'exit') return { sent, asked, quietHours, begin, reason: stop.step.reason };
    const lag = (journey.lags[turn % journey.lags.length] ?? 0) * 60_000;
    if (stop.step.kind === 'wait') {
      now = new Date(stop.step.until.getTime() + lag);
      continue;
    }
    const decision = arbitrate(
      { kind: 'marketing', latestUsefulAt: stop.step.latestUsefulAt },
      {
        recipient: {
          hasEmail: true,
          suppression: null,
          consent: 'subscribed',
          marketingAt: sent.map((mail) => mail.at),
        },
        sender: { active: true, timeZone: journey.zone, quietHours, cap: { messages: 3, windowHours: 72 } },
      },
      now,
    );
    asked.push({ node: stop.nodeKey, at: now, outcome: decision.outcome });
    if (decision.outcome === 'send') sent.push({ node: stop.nodeKey, at: now });
    if (decision.outcome === 'defer') now = new Date(decision.until!.getTime() + lag);
    else run = { ...run, nodeKey: stop.step.node.next, nodeSince: now };
  }
  throw new Error('the run never ends');
}

describe('a whole journey', () => {
  it('decides each mail exactly once, never in quiet hours, through jumps and nights in which the clock is turned', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const { sent, asked, quietHours, reason } = live(journey);
        expect(reason).toBe('completed');
        const final = asked.filter((ask) => ask.outcome !== 'defer').map((ask) => ask.node);
        expect(final).toEqual(['first', 'second', 'third']);
        for (const mail of sent) {
          expect(journey.length > 0 && isQuiet(mail.at, quietHours, journey.zone)).toBe(false);
        }
        for (const [index, mail] of sent.slice(1).entries()) {
          expect(mail.at.getTime() - sent[index]!.at.getTime()).toBeGreaterThanOrEqual(12 * hourMs);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('sends all three when it is woken on time, whatever the quiet hours', () => {
    fc.assert(
      fc.property(journeys, (journey) => {
        const { sent, begin } = live({ ...journey, lags: [0] });
        expect(sent.map((mail) => mail.node)).toEqual(['first', 'second', 'third']);
        for (const [mail, hours] of [
          [sent[0], 0],
          [sent[1], 23],
          [sent[2], 71],
        ] as const) {
          const late = mail!.at.getTime() - begin.getTime() - hours * hourMs;
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThanOrEqual((journey.length + 61) * 60_000 + 12 * hourMs);
        }
      }),
      { numRuns: 300 },
    );
  });
});
