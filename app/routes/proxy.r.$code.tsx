import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { publicAnswer } from '~/emails/public-answer';
import { renderReferralPage, type ReferralPageProps } from '~/emails/referral-page.server';
import { callerNetwork } from '~/platform/caller-network';
import { clock } from '~/platform/clock.server';
import { takeTurn } from '~/platform/rate-limit.server';
import { readForm } from '~/platform/read-form.server';
import { claimOnReferralPage, showReferralPage, type Visitor } from '~/processes/referral-page.server';
import { authenticate } from '~/shopify.server';

const minuteMs = 60_000;
const views = { limit: 60, windowMs: minuteMs };
const claims = { limit: 10, windowMs: 10 * minuteMs };

const formSchema = z.object({
  email: z.string().trim().max(254).pipe(z.email()),
  consent: z.literal('yes').optional(),
});

/** The page behind a referral link, on the shop's own domain: `/apps/perennial/r/<code>`. */
export async function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  const visitor = await readVisitor(request, params.code);
  if (visitor === null) return page(null, 404);
  if (!takeTurn(`view ${whoIs(visitor)}`, views, Date.now())) return busy();
  const shown = await showReferralPage(visitor);
  return page(shown, shown ? 200 : 404);
}

/** The form of that page. */
export async function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  const visitor = await readVisitor(request, params.code);
  if (visitor === null) return page(null, 404);
  if (!takeTurn(`claim ${whoIs(visitor)}`, claims, Date.now())) return busy();
  const typed = Object.fromEntries(await readForm(request));
  const form = formSchema.safeParse(typed);
  if (!form.success) {
    const shown = await showReferralPage(visitor);
    if (shown?.view.kind !== 'offer') return page(shown, shown ? 200 : 404);
    const email = typeof typed.email === 'string' ? typed.email.slice(0, 254) : '';
    return page({ ...shown, view: { kind: 'offer', email, invalid: true } }, 422);
  }
  const { email, consent } = form.data;
  const claimed = await claimOnReferralPage(visitor, { email, consent: consent === 'yes' });
  return page(claimed, claimed ? 200 : 404);
}

/** Shopify signs what it passes on; the shop is the one in the signature. Throws a 400 for anything else. */
async function readVisitor(request: Request, code = ''): Promise<Visitor | null> {
  const { session } = await authenticate.public.appProxy(request);
  if (!session) return null;
  return {
    shopDomain: session.shop,
    code,
    language: request.headers.get('accept-language'),
    ip: callerNetwork(request.headers),
    userAgent: request.headers.get('user-agent'),
    now: clock.now(),
  };
}

function whoIs({ shopDomain, ip }: Visitor): string {
  return `${shopDomain} ${ip ?? 'somebody'}`;
}

function busy(): Response {
  return page({ locale: 'en', brand: null, offer: null, view: { kind: 'busy' } }, 429);
}

function page(props: ReferralPageProps | null, status: number): Response {
  const gone: ReferralPageProps = { locale: 'en', brand: null, offer: null, view: { kind: 'gone' } };
  return publicAnswer(renderReferralPage(props ?? gone), status);
}
