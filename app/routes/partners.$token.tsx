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
import { partnerLocale } from '~/processes/partner-locale.server';
import {
  renderGonePage,
  renderProgrammePage,
  type ProgrammePageProps,
} from '~/ui/partners/programme-page.server';
import type { PartnerText } from '~/ui/partners/words';

/** Where people apply, and where partners ask for a link into their portal. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const language = request.headers.get('accept-language');
  return answer(await showProgramme(params.token ?? '', { language }), { view: 'ask', language });
}

export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const token = params.token ?? '';
  const now = clock.now();
  const language = request.headers.get('accept-language');
  const filled = textOf(await readForm(request));
  if (filled.intent === 'signIn') {
    const page = await signInAsked(token, { email: filled.email ?? '', language, now });
    return answer(page, { view: 'asked', language });
  }
  const { name = '', email = '', website = null, about = null, payoutTo = null } = filled;
  try {
    const application = { name, email, website, about, payoutTo };
    const page = await affiliateApplied(token, { application, language, now });
    return answer(page, { view: 'applied', language });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const page = await showProgramme(token, { language });
    return answer(page, { view: 'ask', filled, error: whatToSay(error, page), language }, error.status);
  }
}

/** The sentence of an error in the reader's language. A closed programme says so itself. */
function whatToSay(error: AppError, page: ProgrammePage | null): PartnerText | undefined {
  if (error.code === 'unavailable') return 'errorBusy';
  return page?.programme.isOpen === false ? undefined : 'errorInvalid';
}

function textOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function answer(
  page: ProgrammePage | null,
  props: Pick<ProgrammePageProps, 'view' | 'filled'> & {
    error?: PartnerText | undefined;
    language: string | null;
  },
  status = 200,
): Response {
  const { language, error, ...rest } = props;
  return page
    ? publicAnswer(renderProgrammePage({ ...page, ...rest, ...(error && { error }) }), status)
    : publicAnswer(renderGonePage('goneLink', partnerLocale(language)), 404);
}
