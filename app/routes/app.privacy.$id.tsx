import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { getPrivacyExport } from '~/modules/insights/index.server';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { requireShop } from '~/shopify.server';
import { idParam } from '~/ui/params';

export { keepPageLoading as clientLoader } from '~/ui/keep-page';

/** The data a customer asked for, for the settings page to save as a file. Not a page of its own. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const headers = { 'Cache-Control': 'no-store' };
  try {
    const requestId = idParam(params.id, 'export');
    return data(
      { file: await withShop(shopId, (tx) => getPrivacyExport(tx, { shopId, requestId })) },
      { headers },
    );
  } catch (error) {
    // Answered and not thrown: the page that asked stays, and says that there is no file any more.
    if (error instanceof AppError) return data({ failed: true as const }, { status: error.status, headers });
    throw error;
  }
}
