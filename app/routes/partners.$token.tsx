import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { publicAnswer } from '~/emails/public-answer';
import { clock } from '~/platform/clock.server';
import { AppError } from '~/platform/errors';
import { readForm } from '~/platform/read-form.server';
import {
  affiliateApplied,
  showProgramme,
  signInAsked,
  type ProgrammePage,
} from '~/processes/partner-programme.server';
import {
  renderGonePage,
  renderProgrammePage,
  type ProgrammePageProps,
} from '~/ui/partners/programme-page.server';

/** Where people apply, and where partners ask for a link into their portal. */
export async function loader({ params }: LoaderFunctionArgs): Promise<Response> {
  return answer(await showProgramme(params.token ?? ''), { view: 'ask' });
}

export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const token = params.token ?? '';
  const now = clock.now();
  const filled = textOf(await readForm(request));
  if (filled.intent === 'signIn')
    return answer(await signInAsked(token, { email: filled.email ?? '', now }), { view: 'asked' });
  const { name = '', email = '', website = null, about = null, payoutTo = null } = filled;
  try {
    const application = { name, email, website, about, payoutTo };
    return answer(await affiliateApplied(token, { application, now }), { view: 'applied' });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return answer(
      await showProgramme(token),
      { view: 'ask', filled, error: error.userMessage },
      error.status,
    );
  }
}

function textOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function answer(
  page: ProgrammePage | null,
  props: Pick<ProgrammePageProps, 'view' | 'filled' | 'error'>,
  status = 200,
): Response {
  return page
    ? publicAnswer(renderProgrammePage({ ...page, ...props }), status)
    : publicAnswer(renderGonePage('goneLink'), 404);
}
