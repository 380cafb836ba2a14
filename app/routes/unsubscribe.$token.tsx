import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { renderUnsubscribePage, type UnsubscribePageProps } from '~/emails/unsubscribe-page.server';
import { publicAnswer } from '~/emails/public-answer';
import { clock } from '~/platform/clock.server';
import { readForm } from '~/platform/read-form.server';
import {
  showSubscription,
  staySubscribedByLink,
  unsubscribeByLink,
  type SubscriptionPage,
} from '~/processes/unsubscribe-by-link.server';

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

function answer(page: SubscriptionPage | null): Response {
  const props: UnsubscribePageProps = page ?? { view: 'gone', locale: 'en', brand: null };
  return publicAnswer(renderUnsubscribePage(props), page ? 200 : 404);
}
