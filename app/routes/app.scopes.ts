import type { ActionFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { clock } from '~/platform/clock.server';
import { scopesAllowed } from '~/processes/scopes-allowed.server';
import { requireShop } from '~/shopify.server';
import { answer } from '~/ui/answer';

export { keepPage as clientAction } from '~/ui/keep-page';

/** The merchant has answered Shopify's question what the app may do: what it may do now is taken over. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId, shopDomain } = await requireShop(request);
  return answer(async () => {
    await scopesAllowed({ shopId, shopDomain, now: clock.now() });
    return data({ done: true });
  });
}
