import type { MetaDescriptor } from '@remix-run/node';
import { t, type TextKey } from './i18n';

/** The title of a page for the browser and for screen readers: `export const meta = titled('customers.title')`. */
export function titled(key: TextKey): () => MetaDescriptor[] {
  return () => [{ title: `${t(key)} · Perennial` }];
}
