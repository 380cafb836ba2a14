import type { LoaderFunctionArgs } from '@remix-run/node';
import { publicAnswer } from '~/emails/public-answer';
import { pageCursorSchema, type PageCursor } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { showPartnerOrders, showPartnerPayouts } from '~/processes/partner-lists.server';
import { partnerLocale } from '~/processes/partner-locale.server';
import { readPartnerSession, type PartnerSession } from '~/processes/partner-session.server';
import { searchInput } from '~/ui/params';
import { renderOrdersPage, renderPayoutsPage } from '~/ui/partners/list-page.server';
import { renderGonePage } from '~/ui/partners/programme-page.server';

/** All orders an affiliate brought, or all that was paid to them, page by page. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const language = request.headers.get('accept-language');
  const locale = partnerLocale(language);
  if (params.list !== 'orders' && params.list !== 'payouts')
    return publicAnswer(renderGonePage('goneLink', locale), 404);
  const session = await readPartnerSession(request, clock.now());
  const cursor = pageCursorSchema.parse(searchInput(request));
  const html = session && (await render(params.list, session, { language, cursor }));
  return html ? publicAnswer(html, 200) : publicAnswer(renderGonePage('gone', locale), 401);
}

async function render(
  list: 'orders' | 'payouts',
  session: PartnerSession,
  asked: { language: string | null; cursor: PageCursor },
): Promise<string | null> {
  if (list === 'orders') {
    const page = await showPartnerOrders(session, asked);
    return page && renderOrdersPage(page);
  }
  const page = await showPartnerPayouts(session, asked);
  return page && renderPayoutsPage(page);
}
