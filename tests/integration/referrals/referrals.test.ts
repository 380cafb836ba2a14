import { afterEach, describe, expect, it } from 'vitest';
import { prisma, withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { customersMerged } from '~/processes/customers-merged.server';
import { customerRedacted } from '~/processes/customer-redacted.server';
import { referralsDecided } from '~/processes/referrals-decided.server';
import { guest, orderLine, person } from '../../factories/facts';
import { ledgerTotals } from '../../factories/loyalty';
import { permutations } from '../../factories/permutations';
import {
  aCustomer,
  advocateCustomer,
  after,
  claimedAt,
  friend,
  referralWorld as world,
} from '../../factories/referrals';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

afterEach(async () => {
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

describe('a claim', () => {
  it('gives the friend a code of Shopify, once per mailbox, however often and at once it is claimed', async () => {
    const { claim, codes, shopId } = await world();
    const all = await Promise.all(Array.from({ length: 20 }, () => claim()));
    expect(new Set(all.map(({ offerCode }) => offerCode)).size).toBe(1);
    expect(await claim('Frida+shop@Friend.example')).toMatchObject({ offerState: 'made' });
    expect(codes.creations).toBe(1);
    expect(await prisma().referral.count({ where: { shopId } })).toBe(1);
    expect([...codes.made.values()]).toMatchObject([{ customer: null }]);
  });

  it('waits for Shopify when it is silent, and tells when it says no', async () => {
    const { claim, codes, only, sweep } = await world();
    codes.faults = ['silent'];
    expect(await claim()).toMatchObject({ offerState: 'making' });
    await sweep(new Date(claimedAt.getTime() + 120_000));
    expect(await only()).toMatchObject({ offerState: 'made' });
    const other = await world();
    other.codes.faults = [{ refused: 'The shop has as many discounts as Shopify allows.' }];
    expect(await other.claim()).toMatchObject({ offerState: 'refused' });
  });

  it('is refused for a link of nobody and while the programme is off', async () => {
    const { claim } = await world();
    await expect(claim(friend, { code: 'NOBODY22' })).rejects.toMatchObject({ code: 'not_found' });
    const off = await world({ enabled: false });
    await expect(off.claim()).rejects.toMatchObject({ code: 'conflict' });
    await expect(claim('no address')).rejects.toThrow();
  });
});

describe('a friend’s order', () => {
  it('is held, waits for the merchant after the hold, and pays with the approval only', async () => {
    const { claim, order, only, points, sweep, decide } = await world();
    await claim();
    await order();
    expect(await only()).toMatchObject({ state: 'held', orderId: 1n, holdUntil: after(31) });
    await sweep(after(30));
    expect(await only()).toMatchObject({ state: 'held' });
    await sweep(after(400)); // time alone pays nothing, however long it takes
    expect(await only()).toMatchObject({ state: 'review', dueAt: null });
    expect(await points()).toBe(0);
    await decide('approved', after(401));
    expect(await only()).toMatchObject({ state: 'rewarded', rewardPoints: 500 });
    expect(await points()).toBe(500);
  });

  it('approved within the hold is paid when the hold is over, not before', async () => {
    const { claim, order, only, points, sweep, decide } = await world();
    await claim();
    await order();
    await decide('approved', after(2));
    expect([await points(), (await only()).state]).toEqual([0, 'held']);
    await sweep(after(31));
    expect([await points(), (await only()).state]).toEqual([500, 'rewarded']);
  });

  it('is approved by itself only where the merchant chose that, and nothing speaks against it', async () => {
    const clean = await world({ approveClean: true });
    await clean.claim();
    await clean.order();
    await clean.sweep(after(31));
    expect(await clean.only()).toMatchObject({
      state: 'rewarded',
      decision: 'approved',
      decidedBy: 'programme',
    });
    const odd = await world({ approveClean: true });
    await odd.claim('frida@mailinator.com');
    await odd.order({ person: guest('frida@mailinator.com') });
    await odd.sweep(after(31));
    expect([await odd.evidence(), (await odd.only()).state]).toEqual([['hold disposable_email'], 'review']);
    expect(await odd.points()).toBe(0);
  });

  it('counts by its code, whoever placed it on whatever device', async () => {
    const { claim, order, only, evidence } = await world();
    const { offerCode } = await claim();
    const discountCodes = [{ code: offerCode.toLowerCase(), kind: 'fixed_amount', amount: '10.00' }];
    await order({ person: guest('other@address.example'), discountCodes });
    expect(await only()).toMatchObject({ state: 'held', orderId: 1n });
    expect(await evidence()).toEqual(['hold other_buyer']);
  });

  it('has settled it when its hold is over: the code used later takes no reward back', async () => {
    for (const enough of [true, false]) {
      const { claim, order, only, points, sweep, decide } = await world({
        holdDays: 5,
        minimumOrder: enough ? '100' : '100.01',
      });
      const { offerCode } = await claim();
      const discountCodes = [{ code: offerCode, kind: 'fixed_amount', amount: '10.00' }];
      const later = { id: 2n, processedAt: after(8), updatedAt: after(8), discountCodes };
      await order();
      await decide('approved', after(2));
      await sweep(after(7));
      expect(await points()).toBe(enough ? 500 : 0);
      await order({ ...later, lines: [orderLine({ price: '200.00' })] }, after(8));
      await order({ updatedAt: after(9) }, after(9));
      expect(await only()).toMatchObject(
        enough ? { state: 'rewarded', orderId: 1n } : { state: 'held', orderId: 2n },
      );
      expect(await points()).toBe(enough ? 500 : 0);
    }
  });

  it('is not enough below the minimum, and waits while it is not paid', async () => {
    const { claim, order, only } = await world({ minimumOrder: '100.01' });
    await claim();
    await order({ financialStatus: 'pending' });
    expect(await only()).toMatchObject({ state: 'ordered' });
    await order({ updatedAt: after(2) }, after(2));
    expect(await only()).toMatchObject({ state: 'cancelled', why: 'below_minimum' });
  });
});

describe('an order that is called off before it was paid', () => {
  it('is none: the friend may order again, without the code that is used up', async () => {
    const { claim, order, only } = await world();
    const { offerCode } = await claim();
    const discountCodes = [{ code: offerCode, kind: 'fixed_amount', amount: '10.00' }];
    const unpaid = { financialStatus: 'pending', discountCodes };
    await order(unpaid);
    expect(await only()).toMatchObject({ state: 'ordered', orderId: 1n });
    await order({ ...unpaid, cancelledAt: after(2), updatedAt: after(2) }, after(2));
    expect(await only()).toMatchObject({ state: 'claimed', orderId: null });
    await order({ id: 2n, processedAt: after(3), updatedAt: after(3) }, after(3));
    expect(await only()).toMatchObject({ state: 'held', orderId: 2n });
    await order({ ...unpaid, updatedAt: after(4), cancelledAt: after(2) }, after(4)); // told once more, and late
    expect(await only()).toMatchObject({ state: 'held', orderId: 2n });
  });
});

describe('a refund', () => {
  const half = { lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '50.00', tax: '0' }] };

  it('within the hold cancels, also when it is told after the reward was given', async () => {
    const { claim, order, only, points, refund, decide } = await world();
    await claim();
    await order();
    await decide('approved', after(40));
    expect(await points()).toBe(500);
    await refund(after(10), {}, after(41));
    expect(await only()).toMatchObject({ state: 'cancelled', why: 'refunded', rewardPoints: 0 });
    expect(await points()).toBe(0);
  });

  it('that leaves enough of the order cancels nothing', async () => {
    const { claim, order, only, refund } = await world();
    await claim();
    await order();
    await refund(after(10), half);
    expect(await only()).toMatchObject({ state: 'held' });
  });

  it('after the hold takes the reward back if the merchant chose that, and not otherwise', async () => {
    for (const clawBack of [true, false]) {
      const { claim, order, points, refund, decide } = await world({ clawBack });
      await claim();
      await order();
      await decide('approved', after(40));
      await refund(after(50));
      expect(await points()).toBe(clawBack ? 0 : 500);
    }
  });

  it('all 24 orders of claim, order, refund and approval end the same', async () => {
    for (const clawBack of [true, false])
      for (const at of [after(10), after(50)]) {
        const ends = new Set<string>();
        for (const steps of permutations(['claim', 'order', 'refund', 'approval'])) {
          const w = await world({ clawBack });
          const play = {
            claim: () => w.claim(),
            order: () => w.order({}, after(60)),
            refund: () => w.refund(at, {}, after(60)),
            approval: () => w.decide('approved', after(60)),
          };
          const late: (() => Promise<unknown>)[] = [];
          for (const step of [...steps, ...steps] as (keyof typeof play)[])
            // Nobody can approve what is not there: the merchant comes back to it.
            await play[step]().catch(() => late.push(play[step]));
          for (const again of late) await again();
          const { state, why, rewardPoints, holdUntil, decision } = await w.only();
          ends.add(JSON.stringify([state, why, rewardPoints, holdUntil, decision, await w.points()]));
        }
        expect([...ends]).toHaveLength(1);
      }
  }, 120_000);

  it('20 times at once is one', async () => {
    const { claim, order, points, refund, decide } = await world();
    await claim();
    await order();
    await Promise.all(Array.from({ length: 20 }, () => decide('approved', after(40))));
    expect(await points()).toBe(500);
    await Promise.all(Array.from({ length: 20 }, () => refund(after(10))));
    expect(await points()).toBe(0);
  });
});

describe('evidence', () => {
  it('blocks the advocate’s own mailbox in whatever writing, and gives no code', async () => {
    const { claim, codes, evidence, only } = await world();
    expect(await claim('Maria.Advocate+2@shop.example')).toMatchObject({
      state: 'blocked',
      offerState: 'none',
    });
    expect(await evidence()).toContain('block same_email');
    expect(codes.creations).toBe(0);
    expect((await only()).state).toBe('blocked');
  });

  it('blocks the advocate’s very own address; nobody can approve that', async () => {
    const { claim, evidence, decide } = await world();
    await claim('maria.advocate@shop.example');
    expect(await evidence()).toContain('block same_person');
    await expect(decide('approved', after(1))).rejects.toBeInstanceOf(AppError);
  });

  it('blocks who had bought before, also before the app was there and told afterwards', async () => {
    const { claim, order, evidence, only } = await world();
    await claim();
    await order();
    expect((await only()).state).toBe('held');
    await order({ id: 2n, processedAt: after(-700), updatedAt: after(-700) }, after(2));
    expect([await evidence(), (await only()).state]).toEqual([['block existing_customer'], 'blocked']);
  });

  it('blocks who had bought before under a plainer writing of the address, on another profile', async () => {
    const { claim, order, shopId } = await world();
    const earlier = { processedAt: after(-700), updatedAt: after(-700) };
    await order({ id: 2n, person: guest('anna.berg@gmail.com'), ...earlier });
    await order({ id: 3n, person: guest('carl@shop.example'), ...earlier });
    await order({ id: 4n, person: guest('late@shop.example'), processedAt: after(1) });
    const states: string[] = [];
    for (const email of [
      'Anna.Berg+2@gmail.com',
      'carl+new@shop.example',
      'late+x@shop.example',
      'ann@gmail.com',
    ])
      states.push((await claim(email)).state);
    expect(states).toEqual(['blocked', 'blocked', 'claimed', 'claimed']);
    const rows = await prisma().referral.findMany({ where: { shopId, state: 'blocked' } });
    expect(rows.map(({ evidence }) => evidence)).toEqual(
      rows.map(() => [{ kind: 'existing_customer', level: 'block' }]),
    );
  });

  it('takes an order in the second of its claim for one that came after: Shopify tells whole seconds', async () => {
    const { claim, order, evidence, only } = await world();
    await claim(friend, { now: new Date(claimedAt.getTime() + 700) });
    await order({ processedAt: claimedAt, updatedAt: claimedAt });
    expect([await evidence(), (await only()).state]).toEqual([[], 'held']);
  });

  it('finds many claims from one network, and says so on the earlier ones, too', async () => {
    const { claim, shopId } = await world();
    for (const name of ['ann', 'bob', 'cleo'])
      await claim(`${name}.long@friend.example`, { ip: '203.0.113.9' });
    const rows = await prisma().referral.findMany({ where: { shopId } });
    expect(rows.map(({ evidence }) => evidence)).toEqual(
      rows.map(() => [{ kind: 'many_from_network', level: 'hold', count: 3 }]),
    );
    expect(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? '' : value)),
    ).not.toContain('203.0.113.9');
  });

  it('a reason is needed to approve against it; the approval covers what was known', async () => {
    const { claim, order, decide, only, points } = await world();
    await claim('frida@mailinator.com');
    await order({ person: guest('frida@mailinator.com') });
    await expect(decide('approved', after(40), ' ')).rejects.toMatchObject({ code: 'invalid' });
    await expect(decide('rejected', after(40), '')).rejects.toMatchObject({ code: 'invalid' });
    await decide('approved', after(40), 'I know her');
    expect(await points()).toBe(500);
    await order(
      { id: 2n, person: guest('frida@mailinator.com'), processedAt: after(-9), updatedAt: after(-9) },
      after(41),
    );
    expect(await only()).toMatchObject({ state: 'blocked' }); // what came to light since was not approved
    expect(await points()).toBe(0);
    await decide('rejected', after(42), 'Had bought before');
    expect(await only()).toMatchObject({ decision: 'rejected', decisionReason: 'Had bought before' });
  });
});

describe('people who become one', () => {
  const merge = (shopId: number, keptId: bigint, deletedId: bigint) =>
    withShop(shopId, (tx) =>
      customersMerged(tx, {
        shopId,
        facts: [{ keptId, deletedId, occurredAt: after(50) }],
        now: after(50),
        historic: false,
      }),
    );

  for (const friendIsKept of [true, false])
    it(`advocate and friend: the reward is taken back (${friendIsKept ? 'friend' : 'advocate'} kept)`, async () => {
      const { claim, order, shopId, decide, only } = await world();
      await claim();
      await order({ person: person({ shopifyCustomerId: 9_001n, email: friend }) });
      await decide('approved', after(40));
      expect((await only()).state).toBe('rewarded');
      const pair: [bigint, bigint] = friendIsKept ? [9_001n, advocateCustomer] : [advocateCustomer, 9_001n];
      await merge(shopId, ...pair);
      const after_ = await only();
      expect(after_).toMatchObject({ state: 'blocked', rewardPoints: 0 });
      expect(after_.advocateId).toBe(after_.friendId);
    });

  for (const advocateIsKept of [true, false])
    it(`an advocate and another customer: the reward and the link stay (${advocateIsKept ? 'kept' : 'merged'})`, async () => {
      const { claim, order, shopId, decide, only, code } = await world();
      const other = await aCustomer(shopId, 9_002n, 'someone@else.example');
      await claim();
      await order();
      await decide('approved', after(40));
      if (advocateIsKept) await merge(shopId, advocateCustomer, 9_002n);
      else await merge(shopId, 9_002n, advocateCustomer);
      const { advocateId, state } = await only();
      expect(state).toBe('rewarded');
      if (!advocateIsKept) expect(advocateId).toBe(other);
      const codes = await prisma().referralCode.findMany({ where: { shopId } });
      expect(codes).toMatchObject([{ code, profileId: advocateId, main: true }]);
      const account = await prisma().ledgerAccount.findFirst({
        where: { shopId, profileId: advocateId, kind: 'points' },
      });
      expect(account?.balance).toBe(500n);
    });

  it('two friends who had both claimed: the first claim counts', async () => {
    const { claim, shopId, order } = await world();
    await claim();
    await claim('second@friend.example', { now: after(0.1) });
    await order({ person: person({ shopifyCustomerId: 9_001n, email: friend }) });
    await order({ id: 2n, person: person({ shopifyCustomerId: 9_003n, email: 'second@friend.example' }) });
    await merge(shopId, 9_001n, 9_003n);
    const rows = await prisma().referral.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    expect(rows.map(({ state }) => state)).toEqual(['review', 'blocked']);
    expect(rows[1]?.evidence).toContainEqual({ kind: 'already_referred', level: 'block' });
  });
});

describe('people who are erased', () => {
  const redact = (shopId: number, email: string | null, shopifyCustomerId: bigint | null = null) =>
    withShop(shopId, (tx) =>
      customerRedacted(tx, {
        shopId,
        facts: [
          {
            key: `redact-${email ?? shopifyCustomerId}`,
            subject: { shopifyCustomerId, email, phone: null },
            orderIds: [],
            requestedAt: after(45),
          },
        ],
        now: after(45),
      }),
    );

  it('a friend: the reward stays, nothing of the person does, and the address claims no more', async () => {
    const { claim, order, shopId, decide, only, points } = await world();
    await claim(friend, { ip: '203.0.113.9', userAgent: 'Phone' });
    await order();
    await decide('approved', after(40));
    await redact(shopId, friend);
    expect(await only()).toMatchObject({
      ipHash: null,
      deviceHash: null,
      claimKey: expect.stringMatching(/^forgotten:/) as string,
    });
    expect(await points()).toBe(500);
    await expect(claim()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('an advocate: the link is nobody’s, and nothing is paid any more', async () => {
    const { claim, order, shopId, sweep, only, points, decide } = await world();
    await claim();
    await order();
    await redact(shopId, 'maria.advocate@shop.example', advocateCustomer);
    await sweep(after(60));
    await decide('approved', after(61));
    expect(await only()).toMatchObject({ state: 'cancelled', why: 'erased' });
    expect(await points()).toBe(0);
    await expect(claim('another@friend.example')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('two shops', () => {
  it('know nothing of each other: codes, claims and decisions', async () => {
    const [a, b] = [await world(), await world()];
    await a.claim();
    await expect(b.claim(friend, { code: a.code })).rejects.toMatchObject({ code: 'not_found' });
    const { id } = await a.only();
    const foreign = {
      shopId: b.shopId,
      referralIds: [id],
      decision: 'approved' as const,
      reason: 'x',
      staff: 's',
      now: after(1),
    };
    await expect(withShop(b.shopId, (tx) => referralsDecided(tx, foreign))).rejects.toMatchObject({
      code: 'not_found',
    });
    await b.claim();
    expect((await a.only()).claimKey).not.toBe((await b.only()).claimKey);
  });
});
