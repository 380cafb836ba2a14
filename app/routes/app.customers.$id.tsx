import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Badge, Banner, BlockStack, Card, Layout } from '@shopify/polaris';
import { z } from 'zod';
import { getProfilePage } from '~/modules/insights/index.server';
import { profilePageQuerySchema, profileTabs } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { consentDecided } from '~/processes/consent-decided.server';
import { pointsAdjusted } from '~/processes/points-adjusted.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { ConsentCard } from '~/ui/customer/consent-card';
import { PointsCard } from '~/ui/customer/points-card';
import { ContactCard, FiguresCard } from '~/ui/customer/side-cards';
import { TabContent } from '~/ui/customer/tab-content';
import { TierCard } from '~/ui/customer/tier-card';
import type { ProfileActionResult } from '~/ui/customer/types';
import { createFormat } from '~/ui/format';
import { t } from '~/ui/i18n';
import { idParam, searchInput } from '~/ui/params';
import { UrlTabs } from '~/ui/url-tabs';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('customer.title');

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { tab, ...cursor } = profilePageQuerySchema.parse(searchInput(request));
  const page = await answer(() => {
    const profileId = idParam(params.id, 'customer');
    return withShop(shopId, (tx) => getProfilePage(tx, { shopId, profileId, tab, cursor }));
  });
  if (page.mergedInto) throw redirect(`/app/customers/${page.mergedInto}`);
  return page;
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('adjust'),
    key: z.string().min(1).max(100),
    points: z
      .string()
      .trim()
      .regex(/^-?\d+$/, { error: t('customer.points.whole') })
      .transform(Number)
      .refine((points) => points !== 0, { error: t('customer.points.whole') })
      .refine((points) => Math.abs(points) <= 1_000_000, { error: t('customer.points.tooMany') }),
    reason: z
      .string()
      .trim()
      .min(1, { error: t('customer.points.reasonMissing') })
      .max(200, { error: t('customer.points.reasonMissing') }),
  }),
  z.object({
    intent: z.literal('consent'),
    state: z.enum(['subscribed', 'unsubscribed']),
    key: z.string().min(1).max(100),
  }),
]);

export async function action({ request, params }: ActionFunctionArgs) {
  const { shopId, staff } = await requireShop(request);
  const parsed = actionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) {
    const { fieldErrors } = z.flattenError(parsed.error);
    const errors = Object.fromEntries(
      Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]]),
    );
    return data<ProfileActionResult>({ errors }, { status: 422 });
  }
  const change = parsed.data;
  await answer(async () => {
    const profileId = idParam(params.id, 'customer');
    const now = clock.now();
    await withShop(shopId, async (tx) => {
      const input = { ...change, shopId, profileId, staff, now };
      if (input.intent === 'adjust') await pointsAdjusted(tx, input);
      else await consentDecided(tx, input);
    });
  });
  return data<ProfileActionResult>({ done: true });
}

export default function Customer() {
  const { shop, profile, tier, content } = useLoaderData<typeof loader>();
  const format = createFormat(shop);
  return (
    <AdminPage
      shop={shop}
      title={profile.name ?? profile.email ?? t('customer.nobody')}
      subtitle={t('customer.since', { date: format.date(profile.firstSeenAt) })}
      back={{ label: t('customers.title'), url: '/app/customers' }}
      titleMetadata={profile.deleted ? <Badge tone="warning">{t('customer.deleted')}</Badge> : undefined}
      secondaryActions={
        profile.shopifyCustomerId && !profile.deleted
          ? [
              {
                content: t('customer.openInShopify'),
                url: `shopify:admin/customers/${profile.shopifyCustomerId}`,
                target: '_top',
              },
            ]
          : []
      }
    >
      <BlockStack gap="400">
        {profile.redacted && <Banner tone="info">{t('customer.redacted')}</Banner>}
        <Layout>
          <Layout.Section>
            <Card padding="0">
              <UrlTabs tabs={profileTabs} selected={content.tab} label={(tab) => t(`customer.tab.${tab}`)} />
              <TabContent content={content} />
            </Card>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              <PointsCard profile={profile} />
              {tier && <TierCard tier={tier} />}
              <ConsentCard profile={profile} />
              <FiguresCard profile={profile} />
              <ContactCard profile={profile} />
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
    </AdminPage>
  );
}
