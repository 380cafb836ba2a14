import type { Shop } from '../state/model';
import type { Store } from '../store';

export interface ApiContext {
  readonly store: Store;
  readonly shop: Shop;
  /** In a bulk operation a connection returns everything. */
  readonly bulk: boolean;
  /** What failed: the error's `extensions.code`. */
  readonly scopes: readonly string[];
}

/**
 * One object of the API: its GraphQL type and the fields the stand-in can answer, as values or as functions of the
 * field's arguments. A field that is not here is an error, never an invented value.
 */
export interface View {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

export type Arguments = Readonly<Record<string, unknown>>;
