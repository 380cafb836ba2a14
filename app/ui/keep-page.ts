import {
  isRouteErrorResponse,
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  type ShouldRevalidateFunctionArgs,
} from '@remix-run/react';
import { z } from 'zod';
import { t } from './i18n';

/** What a fetcher is answered when sending came to nothing; of no other answer. */
const statusOfNothing = 503;

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

/**
 * The `shouldRevalidate` of the same pages and of the frame around them: after sending came to nothing their data is not read anew,
 * which would come to nothing as well, and show the error page.
 */
export function keepData({ actionStatus }: ShouldRevalidateFunctionArgs): boolean {
  return actionStatus !== statusOfNothing;
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
    return Response.json(null, { status: statusOfNothing });
  }
}
