import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticate } from '~/shopify.server';

/** Session-token bounce page and exit from the iframe: the library answers both by throwing a response. */
export async function loader({ request }: LoaderFunctionArgs) {
  await authenticate.admin(request);
  return null;
}
