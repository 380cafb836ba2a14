import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { publicAnswer } from '~/emails/public-answer';
import { clock } from '~/platform/clock.server';
import { readForm } from '~/platform/read-form.server';
import { partnerLocale } from '~/processes/partner-locale.server';
import { payoutAddressChanged, showPortal } from '~/processes/partner-portal.server';
import { noPartnerCookie, readPartnerSession } from '~/processes/partner-session.server';
import { renderPortalPage } from '~/ui/partners/portal-page.server';
import { renderGonePage } from '~/ui/partners/programme-page.server';

/** What an affiliate sees of their own, by the session their mailed link began. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return show(request, false);
}

export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const session = await readPartnerSession(request, clock.now());
  const form = await readForm(request);
  if (form.get('intent') === 'signOut')
    return redirect('/portal', { headers: { 'Set-Cookie': await noPartnerCookie() } });
  const payoutTo = form.get('payoutTo');
  if (session && typeof payoutTo === 'string') await payoutAddressChanged(session, payoutTo.slice(0, 500));
  return show(request, true);
}

async function show(request: Request, saved: boolean): Promise<Response> {
  const now = clock.now();
  const language = request.headers.get('accept-language');
  const session = await readPartnerSession(request, now);
  const page = session && (await showPortal(session, { language, now }));
  if (!page) return publicAnswer(renderGonePage('gone', partnerLocale(language)), 401);
  return publicAnswer(renderPortalPage({ ...page, saved }), 200);
}
