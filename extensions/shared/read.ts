/**
 * Answers of our server are read by hand: a schema library would weigh more than a whole extension. What is not exactly
 * understood is null.
 */
export interface Tier {
  name: string | null; // null: below the first
  basis: string; // net_spend (the rest is shop currency), points_earned or orders
  next: { name: string; missing: number; progress: number } | null;
}

/** The shopper chooses how many points: from the reward's on, in steps, for 1.00 per `perUnit` of them. */
export interface Slider {
  perUnit: number;
  most: number;
  step: number;
}

/** `minimum` is of goods in the cart, in the shop's currency. */
export interface Reward {
  id: string;
  title: string;
  points: number;
  slider: Slider | null;
  minimum: number | null;
}

export interface Code {
  code: string;
  title: string;
  minimum: number | null;
  startsAt: string | null; // it can't be used before
  expiresAt: string | null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function isCount(value: unknown): value is number {
  return isInteger(value) && value >= 0;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** Those items that are understood; none when it is no list. */
export function readList<T>(value: unknown, read: (item: Record<string, unknown>) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => (isRecord(item) ? (read(item) ?? []) : []));
}

export function readTier(value: unknown): Tier | null {
  if (!isRecord(value) || !isText(value['basis'])) return null;
  const { name, basis, next } = value;
  return { name: isText(name) ? name : null, basis, next: readNext(next) };
}

function readNext(value: unknown): Tier['next'] {
  if (!isRecord(value)) return null;
  const { name, missing, progress } = value;
  const left = readAmount(missing);
  return isText(name) && left !== null && typeof progress === 'number'
    ? { name, missing: left, progress }
    : null;
}

export function readReward({ id, title, points, slider, minimum }: Record<string, unknown>): Reward | null {
  if (!isText(id) || !isText(title) || !isCount(points)) return null;
  return { id, title, points, slider: readSlider(slider), minimum: readAmount(minimum) };
}

function readSlider(value: unknown): Slider | null {
  if (!isRecord(value)) return null;
  const { perUnit, most, step } = value;
  return isCount(perUnit) && isCount(most) && isCount(step) && perUnit * step > 0
    ? { perUnit, most, step }
    : null;
}

export function readCode(item: Record<string, unknown>): Code | null {
  const { code, title, minimum, startsAt, expiresAt } = item;
  if (!isText(code) || !isText(title)) return null;
  return {
    code,
    title,
    minimum: readAmount(minimum),
    startsAt: isText(startsAt) ? startsAt : null,
    expiresAt: isText(expiresAt) ? expiresAt : null,
  };
}

/** An amount to show, not to compute with. */
function readAmount(value: unknown): number | null {
  const amount = isText(value) ? Number(value) : NaN;
  return Number.isFinite(amount) ? amount : null;
}
