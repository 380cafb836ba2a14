import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { listChoices } from '~/modules/insights/index.server';
import { choiceKinds, type Choice } from '~/modules/insights/types';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { answer } from '~/ui/answer';
import { searchInput } from '~/ui/params';

export { keepPageLoading as clientLoader } from '~/ui/keep-page';

const questionSchema = z.object({ kind: z.enum(choiceKinds), search: z.string().max(200).optional() });

/** What a form can offer for what was typed: `GET ?kind=products&search=mug`. */
export async function loader({ request }: LoaderFunctionArgs): Promise<{ choices: Choice[] }> {
  const { shopId } = await requireShop(request);
  return answer(async () => {
    const question = questionSchema.parse(searchInput(request));
    const choices = await withShop(shopId, (tx) => listChoices(tx, { shopId, ...question }));
    return { choices };
  });
}
