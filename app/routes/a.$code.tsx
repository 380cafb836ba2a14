import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { publicAnswer } from '~/emails/public-answer';
import { callerNetwork } from '~/platform/caller-network';
import { clock } from '~/platform/clock.server';
import { keyedHash } from '~/platform/crypto.server';
import { takeTurn } from '~/platform/rate-limit.server';
import { followAffiliateLink } from '~/processes/follow-affiliate-link.server';
import { partnerLocale } from '~/processes/partner-locale.server';
import { renderGonePage } from '~/ui/partners/programme-page.server';

const minuteMs = 60_000;
const ofVisitor = { limit: 30, windowMs: minuteMs };
/** However many addresses somebody has, or says they have: more than a post that is shared widely brings. */
const ofLink = { limit: 3_000, windowMs: minuteMs };

/**
 * The link of an affiliate: counts the click and goes to the shop, with a token that the order will carry. No cookie. Whoever
 * clicks like a machine is led there all the same, but is not counted and brings nothing.
 */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const code = params.code ?? '';
  const address = await followAffiliateLink(code, {
    to: new URL(request.url).searchParams.get('to'),
    count: request.method === 'GET' && isCounted(request, code), // previews ask with HEAD
    now: clock.now(),
  });
  if (address === null)
    return publicAnswer(
      renderGonePage('goneLink', partnerLocale(request.headers.get('accept-language'))),
      404,
    );
  return redirect(address, { headers: { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' } });
}

/** Per visitor and link, then per link. The visitor's address is hashed at once and neither stored nor logged. */
function isCounted(request: Request, code: string): boolean {
  const ip = callerNetwork(request.headers) ?? '';
  const nowMs = Date.now();
  return (
    takeTurn(`click ${keyedHash(`${code} ${ip}`)}`, ofVisitor, nowMs) &&
    takeTurn(`clicks ${code}`, ofLink, nowMs)
  );
}
