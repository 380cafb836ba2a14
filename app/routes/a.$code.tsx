import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { publicAnswer } from '~/emails/public-answer';
import { clock } from '~/platform/clock.server';
import { followAffiliateLink } from '~/processes/follow-affiliate-link.server';
import { renderGonePage } from '~/ui/partners/programme-page.server';

/** The link of an affiliate: counts the click and goes to the shop, with a token that the order will carry. No cookie. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const address = await followAffiliateLink(params.code ?? '', {
    to: new URL(request.url).searchParams.get('to'),
    count: request.method === 'GET', // previews ask with HEAD
    now: clock.now(),
  });
  if (address === null) return publicAnswer(renderGonePage('goneLink'), 404);
  return redirect(address, { headers: { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' } });
}
