import { endedMarginMs, type Redemption } from './reward';

/** What Shopify says of a discount with codes. `unclear`: something this app has no word for. */
export interface ToldDiscount {
  state: 'open' | 'ended' | 'gone' | 'unclear';
  used: boolean;
  startsAt: Date | null; // null: works since it was made
  endsAt: Date | null; // null: never
}

/** What follows for a redemption. `end`: its code works although its points are back. */
export type CodeStep =
  | { kind: 'return' | 'end' }
  | { kind: 'done'; lookAt: Date | null }
  | ({ kind: 'keep'; lookAt: Date | null } & Pick<Redemption, 'startsAt' | 'expiresAt'>);

const looksAfterDays = [1, 7, 30];
const dayMs = 24 * 60 * 60 * 1_000;

/**
 * What follows from what Shopify says of a code: a pure function of both. A confirmed one starts and ends when Shopify says, and is
 * looked at a day after that; ended or gone by then and unused, its points go back. One whose points are back must not work,
 * and is looked at a few times more.
 */
export function planToldCode(
  redemption: Pick<Redemption, 'state' | 'startsAt' | 'expiresAt' | 'settledAt'>,
  told: ToldDiscount,
  now: Date,
): CodeStep {
  const { state, startsAt, expiresAt, settledAt } = redemption;
  if (state === 'cancelled') {
    if (told.state === 'open' && !told.used) return { kind: 'end' };
    const isOver = told.state === 'gone' || told.used;
    return { kind: 'done', lookAt: isOver ? null : lookAgainAt(settledAt, now) };
  }
  if (told.state === 'gone') return { kind: 'return' };
  // Whatever is not understood keeps its points spent.
  if (told.state === 'unclear') return { kind: 'keep', startsAt, expiresAt, lookAt: lookAt(expiresAt, now) };
  const { endsAt } = told;
  const keep = { kind: 'keep', startsAt: stillAhead(told.startsAt, now), expiresAt: endsAt } as const;
  if (told.used) return { ...keep, lookAt: null };
  const isOver = endsAt !== null && endsAt.getTime() + endedMarginMs <= now.getTime();
  if (isOver && told.state === 'ended') return { kind: 'return' };
  return { ...keep, lookAt: lookAt(endsAt, now) };
}

/** A start that is over is none. */
function stillAhead(startsAt: Date | null, now: Date): Date | null {
  return startsAt !== null && startsAt > now ? startsAt : null;
}

/** When to ask again: a day after the end; when that is over, tomorrow; never of what has no end. */
function lookAt(endsAt: Date | null, now: Date): Date | null {
  if (endsAt === null) return null;
  const at = new Date(endsAt.getTime() + endedMarginMs);
  return at > now ? at : new Date(now.getTime() + dayMs);
}

/**
 * When to ask whether somebody switched a code on whose points are back, should the news of it be lost: a day, a week and a month after
 * they went back; never after that.
 */
export function lookAgainAt(settledAt: Date | null, now: Date): Date | null {
  if (settledAt === null) return null;
  const looks = looksAfterDays.map((days) => new Date(settledAt.getTime() + days * dayMs));
  return looks.find((at) => at > now) ?? null;
}
