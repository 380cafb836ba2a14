import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { renderUnsubscribePage, type UnsubscribePageProps } from '~/emails/unsubscribe-page.server';
import { clock } from '~/platform/clock.server';
import { readBody } from '~/platform/read-body.server';
import {
  showSubscription,
  staySubscribedByLink,
  unsubscribeByLink,
  type SubscriptionPage,
} from '~/processes/unsubscribe-by-link.server';

const maxBodyBytes = 16_384;

/** What people see. Opening it changes nothing: mail scanners open every link they find. */
export async function loader({ params }: LoaderFunctionArgs): Promise<Response> {
  return answer(await showSubscription(params.token ?? ''));
}

/**
 * The button of that page, and the one click of mail programs (RFC 8058): no cookie, no redirect, form data of either
 * kind. Authorised by the token alone, so there is no origin or CSRF check to pass.
 */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const token = params.token ?? '';
  const now = clock.now();
  const form = await readForm(request);
  if (form.get('intent') === 'keep') return answer(await staySubscribedByLink(token, { now }));
  // Some mail programs send no body at all; whoever posts here wants to leave.
  const source = form.get('intent') === 'unsubscribe' ? 'unsubscribe_link' : 'one_click';
  return answer(await unsubscribeByLink(token, { source, now }));
}

/** The form, or an empty one when it is no form or larger than any mail program's. */
async function readForm(request: Request): Promise<FormData> {
  const body = (await readBody(request, maxBodyBytes)) ?? new Uint8Array();
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  return new Response(body, { headers }).formData().catch(() => new FormData());
}

function answer(page: SubscriptionPage | null): Response {
  const props: UnsubscribePageProps = page ?? { view: 'gone', locale: 'en', brand: null };
  return new Response(renderUnsubscribePage(props), {
    status: page ? 200 : 404,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src https:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
    },
  });
}
