import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, Layout } from '@shopify/polaris';
import { z } from 'zod';
import {
  assignCode,
  decideAffiliate,
  getAffiliate,
  listBalances,
  listCodes,
  listGroups,
  listStatements,
  withdrawCode,
} from '~/modules/affiliates/index.server';
import { getShopView, listAffiliateOrders } from '~/modules/insights/index.server';
import { pageCursorSchema } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { requireShop } from '~/shopify.server';
import { act } from '~/ui/affiliates/act';
import { BroughtTable } from '~/ui/affiliates/brought-table';
import { CodesCard } from '~/ui/affiliates/codes-card';
import { DecisionCard } from '~/ui/affiliates/decision-card';
import { ShareCard } from '~/ui/affiliates/share-card';
import { StatementsCard } from '~/ui/affiliates/statements-card';
import { amountsText, ruleText } from '~/ui/affiliates/words';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { CardTitle, Facts } from '~/ui/facts';
import { createAdminFormat } from '~/ui/format';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { idParam, searchInput } from '~/ui/params';
import { StatRow } from '~/ui/stat-row';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('affiliates.one');

const ordersShown = 50;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const cursor = pageCursorSchema.parse(searchInput(request));
  return answer(() => {
    const affiliateId = idParam(params.id, 'affiliate');
    return withShop(shopId, async (tx) => {
      const { id, linkCode, appliedAt, decidedAt, ...affiliate } = await getAffiliate(tx, {
        shopId,
        affiliateId,
      });
      const balances = await listBalances(tx, { shopId, affiliateIds: [id] });
      const orders = await listAffiliateOrders(tx, { shopId, affiliateId, cursor, limit: ordersShown });
      const groups = await listGroups(tx, { shopId });
      const shop = await getShopView(tx, { shopId });
      return {
        shop,
        affiliate: {
          ...affiliate,
          id: id.toString(),
          appliedAt: appliedAt.toISOString(),
          decidedAt: decidedAt?.toISOString() ?? null,
        },
        linkUrl: `${env().SHOPIFY_APP_URL}/a/${linkCode}`,
        codes: await listCodes(tx, { shopId, affiliateId }),
        balances: balances.get(id) ?? [],
        groups: groups.map(({ id: groupId, name, rule }) => ({
          id: groupId,
          name,
          rule: { kind: rule.kind, scope: rule.scope, value: rule.value.toString() },
        })),
        orders,
        statements: await listStatements(tx, { shopId, affiliateId, timeZone: shop.timeZone }),
      };
    });
  });
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('approve'), groupId: z.number().int().positive().max(2_147_483_647) }),
  z.object({ intent: z.literal('reject'), reason: z.string() }),
  z.object({ intent: z.literal('pause') }),
  z.object({ intent: z.literal('assign'), code: z.string() }),
  z.object({ intent: z.literal('withdraw'), code: z.string() }),
]);

export async function action({ request, params }: ActionFunctionArgs) {
  const { shopId, staff } = await requireShop(request);
  const input = actionSchema.parse(await request.json());
  return act(() => {
    const of = { shopId, affiliateId: idParam(params.id, 'affiliate'), now: clock.now() };
    return withShop(shopId, async (tx) => {
      if (input.intent === 'assign') await assignCode(tx, { ...of, code: input.code });
      else if (input.intent === 'withdraw') await withdrawCode(tx, { ...of, code: input.code });
      else await decideAffiliate(tx, { ...of, staff, decision: toDecision(input) });
    });
  });
}

function toDecision(
  input: Extract<z.infer<typeof actionSchema>, { intent: 'approve' | 'reject' | 'pause' }>,
): Parameters<typeof decideAffiliate>[1]['decision'] {
  if (input.intent === 'approve') return { state: 'approved', groupId: input.groupId };
  return input.intent === 'reject' ? { state: 'rejected', reason: input.reason } : { state: 'paused' };
}

export default function AffiliatePage() {
  const { shop, affiliate, linkUrl, codes, balances, groups, orders, statements } =
    useLoaderData<typeof loader>();
  const format = createAdminFormat(shop);
  const { name, email, website, about, payoutTo, state, groupId, reason } = affiliate;
  const of = (pick: 'pending' | 'payable' | 'setAside' | 'paid') =>
    amountsText(
      balances.map((balance) => ({ currency: balance.currency, amount: balance[pick] })),
      format,
    );
  const unknown = t('common.unknown');
  return (
    <AdminPage
      shop={shop}
      title={name ?? t('affiliates.erased')}
      back={{ label: t('affiliates.title'), url: '/app/affiliates' }}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <StatRow
              stats={[
                { label: t('affiliates.balance.pending'), value: of('pending') },
                { label: t('affiliates.balance.payable'), value: of('payable') },
                { label: t('affiliates.balance.setAside'), value: of('setAside') },
                { label: t('affiliates.balance.paid'), value: of('paid') },
              ]}
            />
            <BroughtTable page={orders} />
            <StatementsCard affiliateId={affiliate.id} statements={statements} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <DecisionCard
              key={`${state}${groupId}`}
              {...{ state, groupId, reason }}
              erased={email === null}
              groups={groups.map(({ id, name: label, rule }) => ({
                id,
                name: label,
                text: ruleText(rule, format),
              }))}
            />
            <CodesCard codes={codes} />
            <ShareCard title={t('affiliates.link.title')} text={t('affiliates.link.text')} url={linkUrl} />
            <Card>
              <BlockStack gap="300">
                <CardTitle>{t('affiliates.about.title')}</CardTitle>
                <Facts
                  facts={[
                    { label: t('affiliates.about.email'), value: email ?? unknown },
                    { label: t('affiliates.about.website'), value: website ?? unknown },
                    { label: t('affiliates.about.payoutTo'), value: payoutTo ?? unknown },
                    { label: t('affiliates.about.applied'), value: format.date(affiliate.appliedAt) },
                    { label: t('affiliates.about.wrote'), value: about ?? unknown },
                  ]}
                />
              </BlockStack>
            </Card>
          </BlockStack>
        </Layout.Section>
      </Layout>
    </AdminPage>
  );
}
