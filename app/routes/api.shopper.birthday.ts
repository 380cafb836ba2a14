import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { clock } from '~/platform/clock.server';
import { readJson } from '~/platform/read-json.server';
import { shopperBirthday } from '~/processes/shopper-birthday.server';
import { answerShopperRequest, refuse } from '~/shopper.server';

const birthdaySchema = z.object({ month: z.number().int(), day: z.number().int() });

/** Remix hands the preflight to the loader; there is nothing else to get here. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async () => refuse(405, 'method', 'Birthdays are told with POST.'));
}

/**
 * A shopper tells their birthday: `POST {month, day}` with the session token of a customer account extension. The shop and
 * the customer come from the token alone. 200 `{status: 'kept', birthday}`; otherwise `{error, reason}`: 409 `told_before`
 * for another day than the one that is known, 400 for a day that is none, 404 for somebody the app has not heard of.
 */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, async ({ shopId, shopifyCustomerId }) => {
    if (request.method !== 'POST') return refuse(405, 'method', 'Birthdays are told with POST.');
    const birthday = birthdaySchema.safeParse(await readJson(request));
    if (!birthday.success) return refuse(400, 'invalid', 'Say month and day as numbers.');
    if (shopId === null) return refuse(404, 'off', 'This shop has no loyalty programme right now.');
    if (shopifyCustomerId === null) return refuse(403, 'guest', 'Sign in to tell your birthday.');
    await shopperBirthday({ shopId, shopifyCustomerId, birthday: birthday.data, now: clock.now() });
    return { status: 200, body: { status: 'kept', birthday: birthday.data } };
  });
}
