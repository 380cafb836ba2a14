import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { publicAnswer } from '~/emails/public-answer';
import { clock } from '~/platform/clock.server';
import { partnerLocale } from '~/processes/partner-locale.server';
import { signInUsed } from '~/processes/partner-programme.server';
import { partnerCookie } from '~/processes/partner-session.server';
import { renderEnterPage, renderGonePage } from '~/ui/partners/programme-page.server';
import type { PartnerLocale } from '~/ui/partners/words';

/** The link of a mail. Opening it changes nothing: mail scanners open every link they find. */
export function loader({ request }: LoaderFunctionArgs): Response {
  return publicAnswer(renderEnterPage(localeOf(request)), 200);
}

/** The button of that page: uses the link, once. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const now = clock.now();
  const session = await signInUsed(params.link ?? '', { now });
  if (!session) return publicAnswer(renderGonePage('gone', localeOf(request)), 410);
  return redirect('/portal', { headers: { 'Set-Cookie': await partnerCookie(session, now) } });
}

function localeOf(request: Request): PartnerLocale {
  return partnerLocale(request.headers.get('accept-language'));
}
