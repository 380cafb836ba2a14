import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { renderUnsubscribePage } from '~/emails/unsubscribe-page.server';
import { clock } from '~/platform/clock.server';
import { followMailLink } from '~/processes/follow-mail-link.server';

/** A link of a mail: counts the click and goes to the cart or the shop, which only we know the address of. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const target = new URL(request.url).searchParams.get('u') === 'cart' ? 'cart' : 'shop';
  const address = await followMailLink(params.token ?? '', {
    target,
    count: request.method === 'GET', // scanners ask with HEAD
    now: clock.now(),
  });
  const headers = {
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
  };
  if (address) return redirect(address, { headers });
  const html = renderUnsubscribePage({ view: 'gone', locale: 'en', brand: null });
  return new Response(html, {
    status: 404,
    headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
  });
}
