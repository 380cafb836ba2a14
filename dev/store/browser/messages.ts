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
  | { readonly kind: 'open'; readonly url: string };

export type ToApp =
  | { readonly kind: 'token'; readonly request: number; readonly token: string }
  | { readonly kind: 'navigate'; readonly href: string }
  | { readonly kind: 'titleAction'; readonly index: number }
  | { readonly kind: 'save' }
  | { readonly kind: 'discard' };

const MARK = 'standin-admin';

export interface Envelope<T> {
  readonly mark: typeof MARK;
  readonly message: T;
}

export function wrap<T>(message: T): Envelope<T> {
  return { mark: MARK, message };
}

function isEnvelope<T>(data: unknown): data is Envelope<T> {
  return typeof data === 'object' && data !== null && 'mark' in data && data.mark === MARK;
}

/** Both ends are this project's own code, so the mark is enough to tell its messages from others. */
export function unwrap<T>(data: unknown): T | null {
  return isEnvelope<T>(data) ? data.message : null;
}
