import type { LoaderFunctionArgs } from '@remix-run/node';
import { publicAnswer } from '~/emails/public-answer';
import { clock } from '~/platform/clock.server';
import { partnerLocale } from '~/processes/partner-locale.server';
import { showStatement } from '~/processes/partner-portal.server';
import { readPartnerSession } from '~/processes/partner-session.server';
import { answer } from '~/ui/answer';
import { renderGonePage } from '~/ui/partners/programme-page.server';
import { renderStatementPage, statementFile } from '~/ui/partners/statement-page.server';

/** A month of an affiliate's account, as a page or, with `format=csv`, as a file. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const session = await readPartnerSession(request, clock.now());
  const month = params.month ?? '';
  const language = request.headers.get('accept-language');
  const page = session && (await answer(() => showStatement(session, { language, month })));
  if (!page) return publicAnswer(renderGonePage('gone', partnerLocale(language)), 401);
  if (new URL(request.url).searchParams.get('format') !== 'csv')
    return publicAnswer(renderStatementPage(page), 200);
  return publicAnswer(`\ufeff${statementFile(page.statement, page)}`, 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="statement-${page.statement.month}.csv"`,
  });
}
