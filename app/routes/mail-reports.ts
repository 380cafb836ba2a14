import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { clock } from '~/platform/clock.server';
import { safeEqual } from '~/platform/crypto.server';
import { env } from '~/platform/env.server';
import { parseMailReport, tokenOfMessageId, type MailReport } from '~/platform/mail/report';
import { readBody } from '~/platform/read-body.server';
import { mailReported } from '~/processes/mail-reported.server';

const maxBytes = 2_000_000; // a report brings the whole mail back
const maxReports = 100;

const reportsSchema = z
  .array(
    z.object({
      messageId: z.string().max(500),
      kind: z.enum(['complaint', 'hard_bounce', 'soft_bounce']),
    }),
  )
  .max(maxReports);

/**
 * Where bounces and complaints come in: one report as it came by mail (`message/rfc822`), or a list as JSON for providers
 * that tell them by webhook. Authorised by MAIL_REPORTS_TOKEN; closed without it. Telling it again changes nothing.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const secret = env().MAIL_REPORTS_TOKEN;
  if (!secret) return refuse(404, 'Set MAIL_REPORTS_TOKEN to take reports.');
  if (!safeEqual(tokenOf(request), secret))
    return refuse(401, 'Send MAIL_REPORTS_TOKEN as the bearer token, or as the password.');
  const body = await readBody(request, maxBytes);
  if (!body) return refuse(413, `A report may have ${maxBytes} bytes.`);
  const reports = readReports(request.headers.get('content-type') ?? '', Buffer.from(body));
  if (typeof reports === 'string') return refuse(422, reports);
  let recorded = 0;
  for (const report of reports) if (await mailReported(report, { now: clock.now() })) recorded += 1;
  return Response.json({ recorded, ignored: Math.max(reports.length, 1) - recorded });
}

/** `Bearer <token>`, or the password of `Basic` for providers that only take an address with a login in it. */
function tokenOf(request: Request): string {
  const [scheme, value = ''] = (request.headers.get('authorization') ?? '').split(' ', 2);
  if (scheme?.toLowerCase() !== 'basic') return value;
  return Buffer.from(value, 'base64').toString().split(':').slice(1).join(':');
}

/** The reports in a body, or what is wrong with it. A mail that is no report is none: mailboxes get other mail, too. */
function readReports(contentType: string, body: Buffer): MailReport[] | string {
  if (!contentType.includes('json')) {
    const report = parseMailReport(body.toString('latin1'));
    return report ? [report] : [];
  }
  const parsed = reportsSchema.safeParse(parseJson(body.toString()));
  if (!parsed.success) return `Not a list of reports: ${z.prettifyError(parsed.error)}`;
  return parsed.data.map(({ kind, messageId }) => {
    const token = tokenOfMessageId(messageId);
    return { kind, tokens: token ? [token] : [] };
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
