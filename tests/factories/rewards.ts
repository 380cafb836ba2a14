import { adjustPoints, createReward } from '~/modules/loyalty/index.server';
import type { RewardCodes, RewardTerms, ToldDiscount } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { aProfile } from './loyalty';

export const rewardNow = new Date('2026-05-01T10:00:00Z');

export function rewardTerms(overrides: Partial<RewardTerms> = {}): RewardTerms {
  return {
    title: '5 € off',
    kind: 'amount_off',
    value: '5',
    variantId: null,
    points: 500,
    slider: null,
    tierIds: [],
    minimumSubtotal: null,
    validityDays: 30,
    perCustomerLimit: null,
    combinesWithOrder: false,
    combinesWithProduct: false,
    combinesWithShipping: false,
    ...overrides,
  };
}

let counter = 0;

/** A reward of a shop, 500 points unless told otherwise. */
export async function aReward(shopId: number, overrides: Partial<RewardTerms> = {}): Promise<bigint> {
  counter += 1;
  const key = `reward-${counter}`;
  const { id } = await withShop(shopId, (tx) =>
    createReward(tx, { shopId, terms: rewardTerms(overrides), key, now: rewardNow }),
  );
  return id;
}

/** A customer known to Shopify, with points to spend. */
export async function aMember(shopId: number, points: number): Promise<bigint> {
  counter += 1;
  const shopifyCustomerId = 7_900_000_000_000n + BigInt(counter);
  const profileId = await aProfile(shopId, { shopifyCustomerId });
  if (points !== 0)
    await withShop(shopId, (tx) =>
      adjustPoints(tx, {
        shopId,
        profileId,
        points,
        reason: 'start',
        staff: 'staff:1',
        key: `start-${counter}`,
        now: rewardNow,
      }),
    );
  return profileId;
}

/** A redemption that came to nothing, with `text` wherever it holds text. */
export async function aReleasedRedemption(
  shopId: number,
  profileId: bigint,
  text: string,
): Promise<{ rewardId: bigint; redemptionId: bigint }> {
  const terms = { title: text, points: 10_000_000 }; // dearer than anybody can pay
  const rewardId = await aReward(shopId, terms);
  const row = { key: text, points: 1, terms: rewardTerms(terms), code: text, state: 'released', error: text };
  const { id } = await prisma().redemption.create({
    data: { shopId, profileId, rewardId, ...row, reservedAt: rewardNow },
  });
  return { rewardId, redemptionId: id };
}

/** Shopify's discount codes, in memory, with faults. */
export class FakeCodes implements RewardCodes {
  readonly made = new Map<
    string,
    {
      id: bigint;
      active: boolean;
      customer: bigint | null;
      uses: number;
      startsAt?: Date;
      endsAt: Date | null;
    }
  >();
  /** Gift cards by code, and what was paid as store credit, in the order it was asked for. */
  readonly cards = new Map<
    string,
    { id: bigint; amount: string; left: string; ended: boolean; lastDay: string | null }
  >();
  /** Discounts with many codes, and what was asked to be added to them. */
  readonly pools = new Map<
    bigint,
    { code: string; active: boolean; codes: Map<string, bigint>; startsAt?: Date; endsAt: Date | null }
  >();
  readonly addings = new Map<bigint, Awaited<ReturnType<RewardCodes['followCodes']>>>();
  readonly payments: { customer: bigint; amount: string; currency: string }[] = [];
  creations = 0;
  inspections = 0;
  /** What happens at the next calls: Shopify is silent, or does it and the answer is lost, or all is fine, or says no. */
  faults: ('fine' | 'silent' | 'lost' | { refused: string })[] = [];
  /** Why the next codes are not disabled. */
  refusals: string[] = [];
  #last = 100n;

  find(code: string): Promise<bigint | null> {
    const pool = () => [...this.pools].find(([, one]) => one.code === code)?.[0] ?? null;
    return this.#at(() => this.made.get(code)?.id ?? pool());
  }

  create(code: Parameters<RewardCodes['create']>[0]): ReturnType<RewardCodes['create']> {
    return this.#orRefuse(() => {
      const known = this.made.get(code.code);
      if (known) return { discountId: known.id };
      this.creations += 1;
      this.#last += 1n;
      const { shopifyCustomerId: customer, endsAt } = code;
      this.made.set(code.code, { id: this.#last, active: true, customer, uses: 0, endsAt });
      return { discountId: this.#last };
    });
  }

  createPool({ code, endsAt }: Parameters<RewardCodes['createPool']>[0]) {
    return this.#orRefuse(() => {
      const known = [...this.pools].find(([, pool]) => pool.code === code);
      if (known) return { discountId: known[0] };
      this.#last += 1n;
      this.pools.set(this.#last, { code, active: true, codes: new Map(), endsAt });
      return { discountId: this.#last };
    });
  }

  addCodes(discountId: bigint, codes: string[]): ReturnType<RewardCodes['addCodes']> {
    return this.#orRefuse(() => {
      const pool = this.pools.get(discountId);
      if (!pool) return 'gone' as const;
      const results = codes.map((code) => {
        if (pool.codes.has(code)) return { code, redeemId: null, problem: null };
        this.#last += 1n;
        pool.codes.set(code, this.#last);
        return { code, redeemId: this.#last, problem: null };
      });
      this.#last += 1n;
      this.addings.set(this.#last, { done: true, codes: results });
      return { creationId: this.#last };
    });
  }

  followCodes(creationId: bigint): ReturnType<RewardCodes['followCodes']> {
    return this.#at(() => this.addings.get(creationId) ?? null);
  }

  listCodes(discountId: bigint): ReturnType<RewardCodes['listCodes']> {
    return this.#at(() => new Map(this.pools.get(discountId)?.codes));
  }

  removeCode(discountId: bigint, redeemId: bigint): Promise<void> {
    return this.#at(() => {
      const codes = this.pools.get(discountId)?.codes;
      for (const [code, id] of codes ?? []) if (id === redeemId) codes?.delete(code);
    });
  }

  disable(discountId: bigint): Promise<{ used: boolean }> {
    const message = this.refusals.shift();
    if (message !== undefined)
      return Promise.reject(new AppError('conflict', { message, userMessage: message }));
    return this.#at(() => {
      const found = [...this.made.values()].find(({ id }) => id === discountId);
      const now = clock.now();
      for (const held of [found, this.pools.get(discountId)])
        if (held) Object.assign(held, { active: false, endsAt: earlier(held.endsAt, now) });
      return { used: (found?.uses ?? 0) > 0 };
    });
  }

  remove(discountId: bigint): Promise<void> {
    return this.#at(() => {
      for (const [code, { id }] of this.made) if (id === discountId) this.made.delete(code);
    });
  }

  inspect(discountIds: bigint[]): ReturnType<RewardCodes['inspect']> {
    this.inspections += 1;
    return this.#at(() => {
      const held = new Map<bigint, { startsAt?: Date; endsAt: Date | null; uses?: number }>(this.pools);
      for (const code of this.made.values()) held.set(code.id, code);
      const told = (id: bigint): ToldDiscount => {
        const one = held.get(id);
        if (!one) return { state: 'gone', used: false, startsAt: null, endsAt: null };
        const { startsAt = null, endsAt, uses = 0 } = one;
        const ended = endsAt !== null && endsAt <= clock.now();
        return { state: ended ? 'ended' : 'open', used: uses > 0, startsAt, endsAt };
      };
      return new Map(discountIds.map((id) => [id, told(id)]));
    });
  }

  findGiftCard(code: string): Promise<bigint | null> {
    return this.#at(() => this.cards.get(code)?.id ?? null);
  }

  createGiftCard({ code, amount, lastDay }: Parameters<RewardCodes['createGiftCard']>[0]) {
    return this.#orRefuse(() => {
      const known = this.cards.get(code);
      if (known) return { discountId: known.id };
      this.creations += 1;
      this.#last += 1n;
      this.cards.set(code, { id: this.#last, amount, left: amount, ended: false, lastDay });
      return { discountId: this.#last };
    });
  }

  disableGiftCard(id: bigint): Promise<{ used: boolean }> {
    return this.#at(() => {
      const card = [...this.cards.values()].find((one) => one.id === id);
      if (card && card.left !== card.amount) return { used: true };
      if (card) card.ended = true;
      return { used: false };
    });
  }

  payCredit({ shopifyCustomerId, amount, currency }: Parameters<RewardCodes['payCredit']>[0]) {
    const lost = this.faults[0] === 'lost';
    if (lost) this.faults.shift();
    return this.#orRefuse(() => {
      this.payments.push({ customer: shopifyCustomerId, amount, currency });
      this.#last += 1n;
      return lost ? ('unknown' as const) : { discountId: this.#last };
    });
  }

  #orRefuse<T>(work: () => T): Promise<T | { refused: string }> {
    const fault = this.faults[0];
    if (typeof fault !== 'object') return this.#at(work);
    this.faults.shift();
    return Promise.resolve(fault);
  }

  async #at<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    const fault = this.faults.shift();
    if (fault === 'silent') throw silence();
    const result = work();
    if (fault === 'lost') throw silence();
    return result;
  }
}

function earlier(endsAt: Date | null, now: Date): Date {
  return endsAt !== null && endsAt < now ? endsAt : now;
}

function silence(): AppError {
  return new AppError('unavailable', { message: 'no answer', userMessage: 'Shopify did not answer.' });
}
