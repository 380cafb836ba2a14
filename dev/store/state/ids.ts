import type { State } from './model';

/**
 * Where the ids of a kind begin. Orders, lines and refunds lie above 2^53 and go up by 2 from an odd number, so that a
 * reader that takes them for JavaScript numbers gets a wrong one every time.
 */
const FIRST_ID: Readonly<Record<string, bigint>> = {
  Order: 9_007_199_254_741_993n,
  LineItem: 9_007_199_254_751_993n,
  Refund: 9_007_199_254_761_993n,
  Customer: 7_412_000_000_001n,
  Product: 8_410_000_000_001n,
  ProductVariant: 44_310_000_000_001n,
  InventoryItem: 46_510_000_000_001n,
};
const FIRST_OTHER_ID = 5_110_000_000_001n;

export function takeId(state: State, kind: string): bigint {
  const last = state.lastIds[kind];
  const next = last === undefined ? (FIRST_ID[kind] ?? FIRST_OTHER_ID) : last + 2n;
  state.lastIds[kind] = next;
  return next;
}

export function toGid(kind: string, id: bigint): string {
  return `gid://shopify/${kind}/${id.toString()}`;
}

/** Reads `gid://shopify/Kind/1`, or null when it is another kind or not an id at all. */
export function fromGid(kind: string, gid: string): bigint | null {
  const digits = new RegExp(`^gid://shopify/${kind}/(\\d+)(?:\\?.*)?$`).exec(gid)?.[1];
  return digits === undefined ? null : BigInt(digits);
}
