import {
  isRouteErrorResponse,
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
} from '@remix-run/react';
import { z } from 'zod';
import { t } from './i18n';

const toldSchema = z.object({ userMessage: z.string() });

/**
 * The `clientAction` of every page with an action. When sending a form comes to nothing (no network, an unexpected error, a refusal
 * that stands at no field), a toast says so and the page stays with all that was typed; its fetcher then holds null. Without it
 * the page would become its error page. What is not there, a redirect and what Shopify's library answers go their own way.
 */
export function keepPage({ request, serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  return keep(request, serverAction);
}

/** The same as the `clientLoader` of what a page asks for beside itself: what a field offers, a file. */
export function keepPageLoading({ request, serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> {
  return keep(request, serverLoader);
}

async function keep(request: Request, askServer: () => Promise<unknown>): Promise<unknown> {
  try {
    return await askServer();
  } catch (error) {
    const answered = isRouteErrorResponse(error) ? error : null;
    const told = toldSchema.safeParse(answered?.data).data;
    const leadsElsewhere = error instanceof Response || answered?.status === 404;
    const isForLibrary = answered !== null && answered.status < 500 && !told;
    if (leadsElsewhere || isForLibrary) throw error;
    // Called off because the form was sent again, or left.
    if (!request.signal.aborted)
      shopify.toast.show(told?.userMessage ?? t('errors.notDone'), { isError: true });
    // A status of failure: the page's data is not read anew, which would come to nothing as well.
    return Response.json(null, { status: 503 });
  }
}
