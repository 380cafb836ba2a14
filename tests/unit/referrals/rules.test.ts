import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areAlike,
  computeReferral,
  isDisposable,
  judgeReferral,
  limits,
  programmeTermsSchema,
  defaultProgramme,
  type EvidenceFacts,
  type Participant,
  type ReferralFacts,
  type ReferralOrder,
} from '~/modules/referrals/types';
import { canonicalEmail, plainerEmails } from '~/platform/mailbox';
import { decimal } from '~/platform/money';

const somebody = (overrides: Partial<Participant> = {}): Participant => ({
  profileId: 1n,
  emails: [],
  phones: [],
  firstName: null,
  lastName: null,
  addressHashes: [],
  deviceHashes: [],
  ...overrides,
});

describe('addresses', () => {
  it.each([
    ['Anna.Berg+shop@GMail.com', 'annaberg@gmail.com'],
    ['annaberg@googlemail.com', 'annaberg@gmail.com'],
    ['anna.berg+x@shop.example', 'anna.berg@shop.example'],
    ['a.b@shop.example', 'a.b@shop.example'],
  ])('%s is the mailbox %s', (email, mailbox) => expect(canonicalEmail(email)).toBe(mailbox));

  it.each([
    ['Carl+x@shop.example', ['carl@shop.example']],
    ['carl@shop.example', []],
    ['a.b+1@gmail.com', ['a.b@gmail.com', 'ab@gmail.com', 'a.b@googlemail.com', 'ab@googlemail.com']],
    ['ab@gmail.com', ['ab@googlemail.com']],
  ])('%s may be who wrote %s before', (email, plainer) => expect(plainerEmails(email)).toEqual(plainer));

  it.each([
    ['anna.berg@a.example', 'anna.berg@b.example', true], // the same name elsewhere
    ['anna.berg1@a.example', 'anna.berg22@a.example', true], // numbered
    ['anna.berg@a.example', 'anna.berq@a.example', true],
    ['anna.berg@a.example', 'anna.bergh@a.example', true],
    ['anna.berg@a.example', 'anne.borg@a.example', false],
    ['anna.berg@a.example', 'anna.berg@a.example', false], // the same, which is more than alike
    ['ann@a.example', 'anm@a.example', false], // too short to tell
    ['1234@a.example', '9876@a.example', false],
  ])('%s and %s alike: %s', (a, b, alike) => {
    expect(areAlike(a, b)).toBe(alike);
    expect(areAlike(b, a)).toBe(alike);
  });

  it('knows throw-away providers and what is below them', () => {
    expect(['x@mailinator.com', 'x@eu.MAILINATOR.com', 'x@notmailinator.com'].map(isDisposable)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('evidence', () => {
  const facts = (overrides: Partial<EvidenceFacts> = {}): EvidenceFacts => ({
    advocate: somebody({ emails: ['maria.gold@a.example'], firstName: 'Maria', lastName: 'Gold' }),
    friends: [somebody({ profileId: 2n, emails: ['frida@b.example'], firstName: 'Frida', lastName: 'Gold' })],
    firstOrderOnly: true,
    boughtBefore: false,
    referredBefore: false,
    knownDoor: false,
    claimsFromNetwork: 1,
    claimsInHour: 1,
    networksInDay: 1,
    ...overrides,
  });
  const kinds = (overrides: Partial<EvidenceFacts>) =>
    judgeReferral(facts(overrides)).map(({ kind, level }) => `${level} ${kind}`);
  const friend = (overrides: Partial<Participant>) => ({
    friends: [somebody({ profileId: 2n, ...overrides })],
  });

  it('is none between two people who have nothing in common', () => expect(kinds({})).toEqual([]));

  it.each<[string, Partial<EvidenceFacts>]>([
    ['block same_person', friend({ profileId: 1n })],
    ['block same_email', friend({ emails: ['Maria.Gold+1@a.example'] })],
    ['block same_phone', { advocate: somebody({ phones: ['+491'] }), ...friend({ phones: ['+491'] }) }],
    [
      'block same_address',
      { advocate: somebody({ addressHashes: ['x'] }), ...friend({ addressHashes: ['x'] }) },
    ],
    ['block existing_customer', { boughtBefore: true }],
    ['block already_referred', { referredBefore: true }],
    ['hold same_door', { knownDoor: true }],
    ['hold same_device', { advocate: somebody({ deviceHashes: ['x'] }), ...friend({ deviceHashes: ['x'] }) }],
    ['hold similar_email', friend({ emails: ['maria.gold@elsewhere.example'] })],
    ['hold same_name', friend({ firstName: ' maria ', lastName: 'GOLD' })],
    ['hold disposable_email', friend({ emails: ['q@yopmail.com'] })],
    ['hold other_buyer', { friends: [somebody({ profileId: 2n }), somebody({ profileId: 3n })] }],
    ['hold many_from_network', { claimsFromNetwork: limits.claimsFromNetwork }],
    ['hold burst', { claimsInHour: limits.claimsInHour }],
    ['hold leaked', { networksInDay: limits.networksInDay }],
  ])('%s', (kind, given) => expect(kinds(given)).toEqual([kind]));

  it('does not mind an existing customer where the programme does not', () => {
    expect(kinds({ boughtBefore: true, firstOrderOnly: false })).toEqual([]);
  });
});

describe('where a referral stands', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 4, 1 + n));
  const order = (overrides: Partial<ReferralOrder> = {}): ReferralOrder => ({
    orderId: 1n,
    paidAt: day(0),
    endedAt: null,
    gross: decimal('100'),
    goods: decimal('90'),
    refunds: [],
    ...overrides,
  });
  const terms = { holdDays: 30, minimumOrder: '50', approveClean: false, clawBack: false, rewardPoints: 500 };
  const facts = (overrides: Partial<ReferralFacts> = {}): ReferralFacts => ({
    terms,
    evidence: [],
    decision: null,
    order: order(),
    ...overrides,
  });
  const approved = { kind: 'approved' as const, accepted: [] };

  it.each<[string, Partial<ReferralFacts>, number, string, number]>([
    ['without an order', { order: null }, 99, 'claimed', 0],
    ['not paid', { order: order({ paidAt: null }) }, 99, 'ordered', 0],
    ['in the hold', {}, 29, 'held', 0],
    ['after the hold', {}, 30, 'review', 0],
    ['a year later', {}, 365, 'review', 0],
    ['approved in the hold', { decision: approved }, 29, 'held', 0],
    ['approved', { decision: approved }, 30, 'rewarded', 500],
    ['rejected', { decision: { kind: 'rejected', accepted: [] } }, 30, 'rejected', 0],
    ['clean and let through', { terms: { ...terms, approveClean: true } }, 30, 'rewarded', 500],
    [
      'half refunded: 50 of 100 are enough',
      { order: order({ refunds: [{ processedAt: day(3), goods: decimal('45') }] }) },
      9,
      'held',
      0,
    ],
    [
      'a cent more refunded',
      { order: order({ refunds: [{ processedAt: day(3), goods: decimal('45.01') }] }) },
      9,
      'cancelled',
      0,
    ],
    ['cancelled later', { decision: approved, order: order({ endedAt: day(40) }) }, 50, 'rewarded', 500],
    [
      'cancelled later, claw back',
      { decision: approved, terms: { ...terms, clawBack: true }, order: order({ endedAt: day(40) }) },
      50,
      'cancelled',
      0,
    ],
    ['blocked', { evidence: [{ kind: 'same_phone', level: 'block' }] }, 50, 'blocked', 0],
    [
      'blocked, known and approved',
      {
        evidence: [{ kind: 'same_phone', level: 'block' }],
        decision: { kind: 'approved', accepted: ['same_phone'] },
      },
      50,
      'rewarded',
      500,
    ],
    [
      'the same person, whatever was approved',
      {
        evidence: [{ kind: 'same_person', level: 'block' }],
        decision: { kind: 'approved', accepted: ['same_person'] },
      },
      50,
      'blocked',
      0,
    ],
  ])('%s', (_, given, days, state, points) => {
    expect(computeReferral(facts(given), day(days))).toMatchObject({ state, points });
  });

  it('pays nothing without an approval, whatever time it is and whatever else is known', () => {
    const moment = fc.integer({ min: -10, max: 5_000 }).map(day);
    const anyOrder = fc.record({
      paidAt: fc.option(moment),
      endedAt: fc.option(moment),
      refund: fc.option(fc.record({ processedAt: moment, cents: fc.integer({ min: 1, max: 9_000 }) })),
    });
    fc.assert(
      fc.property(anyOrder, moment, fc.boolean(), fc.boolean(), (its, now, clawBack, odd) => {
        const outcome = computeReferral(
          facts({
            terms: { ...terms, clawBack, approveClean: odd },
            evidence: odd ? [{ kind: 'burst', level: 'hold' }] : [],
            order: order({
              paidAt: its.paidAt,
              endedAt: its.endedAt,
              refunds: its.refund
                ? [{ processedAt: its.refund.processedAt, goods: decimal(its.refund.cents / 100) }]
                : [],
            }),
          }),
          now,
        );
        expect(outcome.points).toBe(0);
        expect(outcome.state).not.toBe('rewarded');
      }),
    );
  });
});

describe('the programme', () => {
  it('is off, held and never paid unseen unless the merchant says so', () => {
    expect(defaultProgramme).toMatchObject({ enabled: false, holdDays: 30, approveClean: false });
  });

  it.each([
    { offerValue: '0' },
    { offerKind: 'percentage', offerValue: '100.01' },
    { rewardPoints: 0 },
    { holdDays: -1 },
  ])('refuses %j', (wrong) =>
    expect(programmeTermsSchema.safeParse({ ...defaultProgramme, ...wrong }).success).toBe(false),
  );
});
