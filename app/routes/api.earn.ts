import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { admitEarnCall } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { readJson } from '~/platform/read-json.server';
import { eventReported } from '~/processes/event-reported.server';

const maxAgeMs = 30 * 24 * 60 * 60 * 1_000;

const customerSchema = z.union([
  z.object({
    id: z
      .union([z.string(), z.int()])
      .transform(String)
      .pipe(z.string().regex(/^\d{1,18}$/)),
  }),
  z.object({ email: z.string().trim().toLowerCase().pipe(z.email()) }),
]);
const eventSchema = z.object({
  event: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/),
  eventId: z.string().min(1).max(200),
  customer: customerSchema,
  occurredAt: z.iso.datetime({ offset: true }).optional(),
  amount: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,4})?$/)
    .optional(),
});

/**
 * Another system reports what a customer did: `POST` with `Authorization: Bearer <key>` and
 * `{"event": "review", "eventId": "r-1", "customer": {"id": "123"}}`; `occurredAt` and `amount` are optional. Sending it again changes
 * nothing. Answers 401 (key), 429 (600 a minute), 400 (what is wrong), 404 (no such event or customer), 200.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  const now = clock.now();
  const key = /^Bearer (\S{1,200})$/.exec(request.headers.get('Authorization') ?? '')?.[1] ?? '';
  const admission = await admitEarnCall({ key, now });
  if ('refused' in admission)
    return admission.refused === 'too_many'
      ? say(429, { error: 'Too many calls this minute.' }, { 'Retry-After': '60' })
      : say(401, { error: 'The key is missing or not valid any more.' });
  const parsed = eventSchema.safeParse(await readJson(request));
  if (!parsed.success) return say(400, { error: z.prettifyError(parsed.error) });
  const { customer, occurredAt: told, ...event } = parsed.data;
  const occurredAt = told === undefined ? now : new Date(told);
  if (occurredAt > now || now.getTime() - occurredAt.getTime() > maxAgeMs)
    return say(400, { error: 'occurredAt has to be within the last 30 days.' });
  const { shopId } = admission;
  const who = 'id' in customer ? { shopifyCustomerId: BigInt(customer.id) } : customer;
  const answer = await withShop(shopId, (tx) =>
    eventReported(tx, { ...event, shopId, customer: who, occurredAt, now }),
  );
  const missing = answer.status === 'unknown_event' || answer.status === 'unknown_customer';
  return say(missing ? 404 : 200, answer);
}

/** There is nothing to read here. */
export function loader(): Response {
  return say(405, { error: 'Send a POST request.' }, { Allow: 'POST' });
}

function say(status: number, body: object, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store', ...headers } });
}
