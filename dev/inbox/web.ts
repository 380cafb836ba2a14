import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { faultsSchema } from './faults';
import { headerOf, type InboxMessage, type MessageBox } from './messages';
import { writeReport, type ReportKind } from './report';
import type { FaultHolder } from './smtp';

/** Where the sender wants to hear of bounces and complaints. */
export interface ReportsTo {
  readonly url: string;
  readonly token: string;
}

const page = readFileSync(new URL('./page.html', import.meta.url), 'utf8');

function summary(message: InboxMessage) {
  const { id, receivedAt, from, to, subject, text } = message;
  return {
    id,
    receivedAt,
    from,
    to,
    subject,
    fromHeader: headerOf(message, 'from'),
    preview: (text ?? '').replace(/\s+/g, ' ').slice(0, 120),
    listUnsubscribe: headerOf(message, 'list-unsubscribe'),
  };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text);
}

function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  response.end(JSON.stringify(value));
}

/** The https link of a List-Unsubscribe header, if the sender promises that one click is enough (RFC 8058). */
function oneClickUrl(message: InboxMessage): string | null {
  const promised = headerOf(message, 'list-unsubscribe-post')?.toLowerCase() === 'list-unsubscribe=one-click';
  const url = /<(https?:[^>]+)>/.exec(headerOf(message, 'list-unsubscribe') ?? '')?.[1];
  return promised && url !== undefined ? url : null;
}

const reportSchema = z.object({ kind: z.enum(['complaint', 'hard_bounce']) });

async function report(
  message: InboxMessage,
  kind: ReportKind,
  to: ReportsTo | null,
): Promise<{ status: number; answer: unknown }> {
  if (to === null) return { status: 422, answer: { error: 'REPORTS_URL and REPORTS_TOKEN are not set.' } };
  try {
    const response = await fetch(to.url, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822', authorization: `Bearer ${to.token}` },
      body: writeReport(message, kind),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: 200, answer: { status: response.status, ok: response.ok } };
  } catch (error) {
    return { status: 502, answer: { error: `The sender did not answer: ${String(error)}` } };
  }
}

async function unsubscribe(message: InboxMessage): Promise<{ status: number; answer: unknown }> {
  const url = oneClickUrl(message);
  if (url === null)
    return { status: 422, answer: { error: 'This message offers no one-click unsubscribe (RFC 8058).' } };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Mozilla/5.0 (mail provider)',
      },
      body: 'List-Unsubscribe=One-Click',
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
    });
    return { status: 200, answer: { url, status: response.status, ok: response.ok } };
  } catch (error) {
    return { status: 502, answer: { error: `The sender did not answer: ${String(error)}` } };
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  box: MessageBox,
  holder: FaultHolder,
  reportsTo: ReportsTo | null,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://inbox');
  const [, api, what, id, action] = url.pathname.split('/');
  const { method } = request;
  if (api !== 'api') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page);
    return;
  }
  if (what === 'faults' && method === 'POST') holder.faults = faultsSchema.parse(await readJson(request));
  if (what === 'faults') {
    sendJson(response, holder.faults);
    return;
  }
  if (what !== 'messages') {
    sendJson(response, { error: 'There is no such address.' }, 404);
    return;
  }
  if (id === undefined) {
    if (method === 'DELETE') sendJson(response, { deleted: box.clear() });
    else sendJson(response, box.list(url.searchParams.get('to')).map(summary));
    return;
  }
  const message = box.find(id);
  if (message === null) sendJson(response, { error: 'There is no such message.' }, 404);
  else if (action === 'unsubscribe' && method === 'POST') {
    const done = await unsubscribe(message);
    sendJson(response, done.answer, done.status);
  } else if (action === 'report' && method === 'POST') {
    const { kind } = reportSchema.parse(await readJson(request));
    const done = await report(message, kind, reportsTo);
    sendJson(response, done.answer, done.status);
  } else sendJson(response, { ...message, oneClickUrl: oneClickUrl(message) });
}

/** The mail client's page and its API. */
export function createWebServer(box: MessageBox, holder: FaultHolder, reportsTo: ReportsTo | null): Server {
  return createServer((request, response) => {
    answer(request, response, box, holder, reportsTo).catch((error: unknown) => {
      const isInput = error instanceof z.ZodError || error instanceof SyntaxError;
      const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
      sendJson(response, { error: message }, isInput ? 400 : 500);
    });
  });
}
