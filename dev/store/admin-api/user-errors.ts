import type { View } from './context';

export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string;
}

/** Refusals as a mutation's payload carries them. */
export function userErrors(type: string, errors: readonly UserError[]): View[] {
  return errors.map((error) => ({
    __typename: type,
    ...error,
    code: error.code ?? null,
    elementIndex: null,
    extraInfo: null,
  }));
}
