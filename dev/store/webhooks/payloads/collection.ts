import { toGid } from '../../state/ids';
import type { Collection } from '../../state/model';

/** Shopify does not say what is in it. */
export function collectionPayload({ id, title, handle, updatedAt }: Collection) {
  return {
    id,
    handle,
    title,
    updated_at: updatedAt,
    body_html: null,
    published_at: updatedAt,
    sort_order: 'best-selling',
    template_suffix: null,
    published_scope: 'web',
    admin_graphql_api_id: toGid('Collection', id),
  };
}
