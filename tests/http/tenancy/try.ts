import type { Tenant } from '../../factories/tenant';

/** Whoever asks belongs to `own`; nothing of `other` may show or change. */
export interface Shops {
  own: Tenant;
  other: Tenant;
}

/** A try as somebody of the shop `own`. `notFound` is what another shop's id must come to. */
export interface Try {
  path: string;
  params?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
  expect: 'notFound' | 'fine';
}

export interface RouteTries {
  loader?: Try[];
  action?: Try[];
  /** Why a route knows no shop; such routes are not tried. */
  open?: string;
}

export function fine(path: string): Try {
  return { path, expect: 'fine' };
}

export function notFound(path: string): Try {
  return { path, expect: 'notFound' };
}

/** The same with an id of ours, which works, and with one of theirs, which does not exist for us. */
export function both(
  { own, other }: Shops,
  path: string,
  idsOf: (tenant: Tenant) => Record<string, string>,
): Try[] {
  return [
    { ...fine(path), params: idsOf(own) },
    { ...notFound(path), params: idsOf(other) },
  ];
}
