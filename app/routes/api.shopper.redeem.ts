import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerRedeem } from '~/redeem-answer.server';
import { answerShopperRequest } from '~/shopper.server';

/** Remix hands the preflight to the loader; there is nothing else to get here. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, (shopper) => answerRedeem(request, shopper));
}

/** A shopper redeems a reward at checkout or in their account; shop and customer come from the token alone. */
export async function action({ request }: ActionFunctionArgs): Promise<Response> {
  return answerShopperRequest(request, (shopper) => answerRedeem(request, shopper));
}
