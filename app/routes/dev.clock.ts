import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { hmacHex, safeEqual } from '~/platform/crypto.server';
import { moveDevClock } from '~/platform/dev-clock.server';
import { env } from '~/platform/env.server';

const bodySchema = z.object({ offsetMs: z.number().int() });

/** Lets the stand-in store move the app's clock. Does not exist unless PERENNIAL_DEV=1, and wants a signature even then. */
export async function action({ request }: ActionFunctionArgs) {
  const { PERENNIAL_DEV, SHOPIFY_API_SECRET } = env();
  const body = await request.text();
  const signature = request.headers.get('x-perennial-dev') ?? '';
  if (!PERENNIAL_DEV || !safeEqual(signature, hmacHex(SHOPIFY_API_SECRET, body)))
    return new Response('Not found', { status: 404 });

  const { offsetMs } = bodySchema.parse(JSON.parse(body));
  await moveDevClock(offsetMs);
  return Response.json({ offsetMs });
}
