import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { nanoid } from 'nanoid';
import { useState } from 'react';
import { z } from 'zod';
import { createPayouts, findProgramme, listPayable, settlePayout } from '~/modules/affiliates/index.server';
import { getShopView, listAffiliatePayouts } from '~/modules/insights/index.server';
import { pageCursorSchema } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { sum } from '~/platform/money';
import { requireShop } from '~/shopify.server';
import { act } from '~/ui/affiliates/act';
import { Acting } from '~/ui/affiliates/acting';
import { BatchCard } from '~/ui/affiliates/batch-card';
import { useAct } from '~/ui/affiliates/use-act';
import { amountsText } from '~/ui/affiliates/words';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { EmptyCard } from '~/ui/empty-card';
import { CardTitle } from '~/ui/facts';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { Pager } from '~/ui/pager';
import { idParam, searchInput } from '~/ui/params';
import { useFormat } from '~/ui/shop-context';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('affiliates.payouts.title');

const batchesShown = 20;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const cursor = pageCursorSchema.parse(searchInput(request));
  return answer(() =>
    withShop(shopId, async (tx) => {
      const programme = await findProgramme(tx, { shopId });
      const payable = programme ? await listPayable(tx, { shopId }) : [];
      const batches = await listAffiliatePayouts(tx, { shopId, cursor, limit: batchesShown });
      return {
        shop: await getShopView(tx, { shopId }),
        minimum: programme?.minimumPayout ?? '0',
        people: payable.length,
        totals: [...new Set(payable.map(({ currency }) => currency))].map((currency) => ({
          currency,
          amount: sum(payable.flatMap((one) => (one.currency === currency ? [one.amount] : []))).toString(),
        })),
        batches,
      };
    }),
  );
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('create'), key: z.string().min(1).max(100) }),
  z.object({ intent: z.literal('paid'), id: z.string(), reference: z.string() }),
  z.object({ intent: z.literal('cancel'), id: z.string() }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const { shopId, staff } = await requireShop(request);
  const input = actionSchema.parse(await request.json());
  const now = clock.now();
  return act(() =>
    withShop(shopId, async (tx) => {
      if (input.intent === 'create') {
        await createPayouts(tx, { shopId, key: input.key, staff, now });
        return;
      }
      const outcome =
        input.intent === 'paid'
          ? { state: 'paid' as const, reference: input.reference }
          : { state: 'cancelled' as const };
      await settlePayout(tx, { shopId, batchId: idParam(input.id, 'payout'), outcome, staff, now });
    }),
  );
}

export default function Payouts() {
  const { shop, minimum, people, totals, batches } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('affiliates.payouts.title')}
      back={{ label: t('affiliates.title'), url: '/app/affiliates' }}
    >
      <BlockStack gap="400">
        <PayableCard key={batches.items[0]?.id} people={people} totals={totals} minimum={minimum} />
        {batches.items.map((batch) => (
          <BatchCard key={`${batch.id}${batch.state}`} batch={batch} />
        ))}
        <Pager page={batches} />
        {batches.items.length === 0 && (
          <Card>
            <EmptyCard title={t('affiliates.payouts.emptyTitle')} text={t('affiliates.payouts.emptyText')} />
          </Card>
        )}
      </BlockStack>
    </AdminPage>
  );
}

interface PayableProps {
  people: number;
  totals: { currency: string; amount: string }[];
  minimum: string;
}

/** What can be paid now, and the button that makes a payout of it. */
function PayableCard({ people, totals, minimum }: PayableProps) {
  const format = useFormat();
  const { act: submit, acting, error } = useAct();
  // Of this button: pressing it twice makes one payout.
  const [key] = useState(() => nanoid());
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('affiliates.payouts.ready')}</CardTitle>
        <Text as="p" variant="headingLg">
          {amountsText(totals, format)}
        </Text>
        <Text as="p" tone="subdued">
          {people === 0
            ? t('affiliates.payouts.readyNobody')
            : t('affiliates.payouts.readyText', { count: people })}
          {Number(minimum) > 0 &&
            ` ${t('affiliates.payouts.readyMinimum', { minimum: format.money(minimum) })}`}
        </Text>
        <Acting error={error}>
          <InlineStack>
            <Button
              variant="primary"
              disabled={people === 0}
              loading={acting}
              onClick={() => submit({ intent: 'create', key })}
            >
              {t('affiliates.payouts.create')}
            </Button>
          </InlineStack>
        </Acting>
      </BlockStack>
    </Card>
  );
}
