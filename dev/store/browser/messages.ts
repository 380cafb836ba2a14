/** What the admin frame and the App Bridge inside the app say to each other. */
export interface NavItem {
  readonly href: string;
  readonly label: string;
}

export interface TitleAction {
  readonly label: string;
  readonly index: number;
  readonly primary: boolean;
}

export type ToFrame =
  | { readonly kind: 'ready' }
  | { readonly kind: 'token'; readonly request: number }
  | { readonly kind: 'nav'; readonly items: readonly NavItem[] }
  | { readonly kind: 'title'; readonly title: string; readonly actions: readonly TitleAction[] }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'toast'; readonly message: string; readonly isError: boolean }
  | { readonly kind: 'saveBar'; readonly visible: boolean }
  | { readonly kind: 'loading'; readonly loading: boolean }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'scopes'; readonly request: number; readonly wanted: readonly string[] };

/** What `shopify.scopes` tells. */
export interface ScopesDetail {
  readonly granted: readonly string[];
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export interface ScopesAnswer {
  readonly result: 'granted-all' | 'declined-all';
  readonly detail: ScopesDetail;
}

export type ToApp =
  | { readonly kind: 'scopes'; readonly request: number; readonly answer: ScopesAnswer | string }
  | { readonly kind: 'token'; readonly request: number; readonly token: string }
  | { readonly kind: 'navigate'; readonly href: string }
  | { readonly kind: 'titleAction'; readonly index: number }
  | { readonly kind: 'save' }
  | { readonly kind: 'discard' };

const MARK = 'standin-admin';

export function wrap(message: unknown): { readonly mark: string; readonly message: unknown } {
  return { mark: MARK, message };
}

interface Kinds {
  readonly kind: string;
}

/**
 * The message in a posted envelope, or null when it is not one of ours. Both ends are built from this folder, so the mark
 * and the list of kinds are check enough.
 */
export function unwrap<T extends Kinds>(data: unknown, kinds: readonly T['kind'][]): T | null {
  if (
    typeof data !== 'object' ||
    data === null ||
    !('mark' in data) ||
    data.mark !== MARK ||
    !('message' in data)
  )
    return null;
  const { message } = data;
  const isOurs = (value: unknown): value is T =>
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    kinds.some((kind) => kind === value.kind);
  return isOurs(message) ? message : null;
}

export const TO_FRAME = [
  'ready',
  'token',
  'nav',
  'title',
  'path',
  'toast',
  'saveBar',
  'loading',
  'open',
  'scopes',
] as const;
export const TO_APP = ['token', 'navigate', 'titleAction', 'save', 'discard', 'scopes'] as const;
