import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitrate, type RecipientFacts, type SendAsk, type SenderFacts } from '~/modules/messaging/arbiter';
import { isQuiet } from '~/modules/messaging/quiet-hours';

const now = new Date('2026-05-04T12:00:00Z');
const hourMs = 3_600_000;

function hoursFromNow(hours: number): Date {
  return new Date(now.getTime() + hours * hourMs);
}

const ask: Pick<SendAsk, 'kind' | 'latestUsefulAt' | 'holdout'> = {
  kind: 'marketing',
  latestUsefulAt: null,
  holdout: false,
};
const recipient: RecipientFacts = {
  hasEmail: true,
  suppression: null,
  consent: 'subscribed',
  marketingAt: [],
};
const sender: SenderFacts = {
  active: true,
  timeZone: 'UTC',
  quietHours: null,
  cap: { messages: 3, windowHours: 72 },
};
const quietNow = { start: 11 * 60, end: 13 * 60 };
const three = [hoursFromNow(-1), hoursFromNow(-70), hoursFromNow(-2)];

describe('the arbiter', () => {
  // What stands against a send, and what is said; in the order in which the rules are asked.
  it.each([
    ['nothing', {}, {}, {}, 'send', 'ok', null],
    ['an uninstalled shop', {}, {}, { active: false }, 'withhold', 'shop_uninstalled', null],
    ['the time', { latestUsefulAt: hoursFromNow(-1) }, {}, {}, 'withhold', 'too_late', null],
    ['no address', {}, { hasEmail: false }, {}, 'withhold', 'no_email', null],
    ['a bounce', {}, { suppression: 'hard_bounce' }, {}, 'withhold', 'suppressed', null],
    ['no consent', {}, { consent: 'unsubscribed' }, {}, 'withhold', 'not_subscribed', null],
    ['an unconfirmed consent', {}, { consent: 'pending' }, {}, 'withhold', 'not_subscribed', null],
    ['the cap', {}, { marketingAt: three }, {}, 'defer', 'frequency_cap', hoursFromNow(2)],
    ['quiet hours', {}, {}, { quietHours: quietNow }, 'defer', 'quiet_hours', hoursFromNow(1)],
    ['a holdout', { holdout: true }, {}, {}, 'withhold', 'holdout', null],
  ] as const)('given %s', (_against, asked, person, shop, outcome, reason, until) => {
    const facts = {
      recipient: {
        ...recipient,
        ...person,
        marketingAt: 'marketingAt' in person ? [...person.marketingAt] : [],
      },
      sender: { ...sender, ...shop },
    };
    expect(arbitrate({ ...ask, ...asked }, facts, now)).toMatchObject({ outcome, reason, until });
  });

  it('lets transactional mail through without consent, in quiet hours, over the cap, but never to a suppressed address', () => {
    const facts = {
      recipient: { ...recipient, consent: 'unsubscribed', marketingAt: three },
      sender: { ...sender, quietHours: quietNow },
    };
    const transactional = { ...ask, kind: 'transactional', holdout: true } as const;
    expect(arbitrate(transactional, facts, now)).toMatchObject({ outcome: 'send', reason: 'ok' });
    const bounced = { ...facts, recipient: { ...facts.recipient, suppression: 'complaint' } };
    expect(arbitrate(transactional, bounced, now)).toMatchObject({
      outcome: 'withhold',
      reason: 'suppressed',
    });
  });

  it('defers past the quiet hours in which the cap would free up', () => {
    const facts = {
      recipient: { ...recipient, marketingAt: three },
      sender: { ...sender, quietHours: { start: 13 * 60, end: 16 * 60 } },
    };
    expect(arbitrate(ask, facts, now)).toMatchObject({ reason: 'frequency_cap', until: hoursFromNow(4) });
  });

  it('withholds at once what it could only defer until it is too late, and says what stood in the way', () => {
    const facts = { recipient: { ...recipient, marketingAt: three }, sender };
    expect(arbitrate({ ...ask, latestUsefulAt: hoursFromNow(1) }, facts, now)).toMatchObject({
      outcome: 'withhold',
      reason: 'too_late',
      details: { because: 'frequency_cap' },
    });
  });

  it('keeps a held-out person waiting like the others, so that both groups are compared at the same moment', () => {
    const facts = { recipient, sender: { ...sender, quietHours: quietNow } };
    expect(arbitrate({ ...ask, holdout: true }, facts, now)).toMatchObject({ reason: 'quiet_hours' });
    expect(arbitrate({ ...ask, holdout: true }, facts, hoursFromNow(1))).toMatchObject({ reason: 'holdout' });
  });

  it('whatever the facts: a deferral ends in the future and in time, and asking again then brings it forward', () => {
    const cases = fc.record({
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'),
      start: fc.integer({ min: 0, max: 1439 }),
      length: fc.integer({ min: 0, max: 18 * 60 }),
      cap: fc.integer({ min: 1, max: 4 }),
      window: fc.integer({ min: 1, max: 200 }),
      agos: fc.array(fc.integer({ min: 0, max: 250 * 60 }), { maxLength: 8 }),
      useful: fc.option(fc.integer({ min: -5, max: 400 })),
      day: fc.constantFrom('2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2026-07-01'),
      minute: fc.integer({ min: 0, max: 1439 }),
    });
    fc.assert(
      fc.property(cases, (given) => {
        let moment = new Date(new Date(`${given.day}T00:00:00Z`).getTime() + given.minute * 60_000);
        const begin = moment.getTime();
        const quietHours = { start: given.start, end: (given.start + given.length) % 1440 };
        const latestUsefulAt = given.useful === null ? null : new Date(begin + given.useful * hourMs);
        const facts = {
          recipient: { ...recipient, marketingAt: given.agos.map((ago) => new Date(begin - ago * 60_000)) },
          sender: {
            ...sender,
            timeZone: given.zone,
            quietHours,
            cap: { messages: given.cap, windowHours: given.window },
          },
        };
        let decision = arbitrate({ ...ask, latestUsefulAt }, facts, moment);
        for (let asked = 0; decision.outcome === 'defer'; asked += 1) {
          expect(asked).toBeLessThan(3);
          expect(decision.until!.getTime()).toBeGreaterThan(moment.getTime());
          if (latestUsefulAt) expect(decision.until!.getTime()).toBeLessThanOrEqual(latestUsefulAt.getTime());
          moment = decision.until!;
          decision = arbitrate({ ...ask, latestUsefulAt }, facts, moment);
        }
        if (decision.outcome === 'send') {
          expect(given.length > 0 && isQuiet(moment, quietHours, given.zone)).toBe(false);
          const inWindow = facts.recipient.marketingAt.filter(
            (at) => at.getTime() > moment.getTime() - given.window * hourMs,
          );
          expect(inWindow.length).toBeLessThan(given.cap);
        } else {
          expect(decision.reason).toBe('too_late');
        }
      }),
      { numRuns: 400 },
    );
  });
});
