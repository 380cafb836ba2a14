import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Badge, Banner, BlockStack, Card, Layout } from '@shopify/polaris';
import { z } from 'zod';
import { getProfile } from '~/modules/customers/index.server';
import { getProfilePage, listAdvocateReferrals } from '~/modules/insights/index.server';
import { profilePageQuerySchema, profileTabs } from '~/modules/insights/types';
import { findBirthday, listRedemptions, listRewards, updateBirthday } from '~/modules/loyalty/index.server';
import { ensureAdvocate } from '~/modules/referrals/index.server';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { consentDecided } from '~/processes/consent-decided.server';
import { paymentSettled } from '~/processes/payment-settled.server';
import { pointsAdjusted } from '~/processes/points-adjusted.server';
import { getReferralLink } from '~/processes/get-referral-link.server';
import { redemptionCancelled } from '~/processes/redemption-cancelled.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { BirthdayCard } from '~/ui/customer/birthday-card';
import { ConsentCard } from '~/ui/customer/consent-card';
import { PointsCard } from '~/ui/customer/points-card';
import { RewardsCard } from '~/ui/customer/rewards-card';
import { ReferralsCard } from '~/ui/customer/referrals-card';
import { ContactCard, FiguresCard } from '~/ui/customer/side-cards';
import { TabContent } from '~/ui/customer/tab-content';
import { TierCard } from '~/ui/customer/tier-card';
import { toRedemptionView } from '~/ui/customer/to-redemption-view';
import type { ProfileActionResult } from '~/ui/customer/types';
import { createAdminFormat } from '~/ui/format';
import { t } from '~/ui/i18n';
import { idParam, searchInput } from '~/ui/params';
import { UrlTabs } from '~/ui/url-tabs';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('customer.title');

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { tab, ...cursor } = profilePageQuerySchema.parse(searchInput(request));
  const page = await answer(() => {
    const profileId = idParam(params.id, 'customer');
    return withShop(shopId, async (tx) => ({
      ...(await getProfilePage(tx, { shopId, profileId, tab, cursor })),
      ...(await readRewards(tx, { shopId, profileId })),
      birthday: await findBirthday(tx, { shopId, profileId }),
      advocate: await readAdvocate(tx, { shopId, profileId }),
    }));
  });
  if (page.mergedInto) throw redirect(`/app/customers/${page.mergedInto}`);
  return page;
}

async function readAdvocate(tx: Tx, input: { shopId: number; profileId: bigint }) {
  const { code, referrals } = await listAdvocateReferrals(tx, input);
  return { link: code === null ? null : await getReferralLink(tx, { ...input, code }), referrals };
}

async function readRewards(tx: Tx, { shopId, profileId }: { shopId: number; profileId: bigint }) {
  const now = clock.now();
  const rewards = await listRewards(tx, { shopId });
  const redemptions = await listRedemptions(tx, { shopId, profileId, limit: 20 });
  return {
    rewards: rewards
      .filter(({ enabled }) => enabled)
      .map(({ id, title, points, slider }) => ({
        id: String(id),
        title,
        points,
        most: slider?.most ?? null,
      })),
    redemptions: redemptions.map((redemption) => toRedemptionView(redemption, now)),
  };
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
  z.object({
    intent: z.literal('redeem'),
    rewardId: z.string(),
    key: z.string().min(1).max(100),
    points: z
      .string()
      .regex(/^\s*\d{0,8}\s*$/, { error: t('customer.points.whole') })
      .transform((text) => (text.trim() === '' ? undefined : Number(text)))
      .optional(),
  }),
  z.object({ intent: z.literal('settle'), redemptionId: z.string(), paid: z.enum(['yes', 'no']) }),
  z.object({ intent: z.literal('referralLink') }),
  z.object({ intent: z.literal('giveBack'), redemptionId: z.string() }),
  z.object({ intent: z.literal('birthday'), month: z.coerce.number().int(), day: z.coerce.number().int() }),
  z.object({ intent: z.literal('noBirthday') }),
]);
type Change = z.infer<typeof actionSchema>;

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
  const now = clock.now();
  return answer(async () => {
    const profileId = idParam(params.id, 'customer');
    if (change.intent === 'birthday' || change.intent === 'noBirthday')
      return changeBirthday(change, { shopId, profileId, now });
    if (change.intent === 'adjust') return changePoints(change, { shopId, profileId, staff, now });
    if (change.intent === 'redeem' || change.intent === 'giveBack' || change.intent === 'settle')
      return changeRewards(change, { shopId, profileId, staff, now });
    await withShop(shopId, async (tx) => {
      const input = { ...change, shopId, profileId, staff, now };
      if (input.intent === 'referralLink') await ensureAdvocate(tx, input);
      else await consentDecided(tx, input);
    });
    return data<ProfileActionResult>({ done: true });
  });
}

async function changePoints(
  change: Extract<Change, { intent: 'adjust' }>,
  by: { shopId: number; profileId: bigint; staff: string; now: Date },
) {
  try {
    await withShop(by.shopId, (tx) => pointsAdjusted(tx, { ...change, ...by }));
    return data<ProfileActionResult>({ done: true });
  } catch (error) {
    return refused('points', error);
  }
}

async function changeBirthday(
  change: Extract<Change, { intent: 'birthday' | 'noBirthday' }>,
  of: { shopId: number; profileId: bigint; now: Date },
) {
  try {
    await withShop(of.shopId, async (tx) => {
      await getProfile(tx, of);
      await updateBirthday(tx, { ...of, birthday: change.intent === 'birthday' ? change : null });
    });
    return data<ProfileActionResult>({ done: true });
  } catch (error) {
    return refused('birthday', error);
  }
}

/** What a rule refuses stands beside the field it is about, and the page stays. Anything else is thrown on. */
function refused(field: 'points' | 'reward' | 'birthday', error: unknown) {
  if (!(error instanceof AppError) || error.code === 'not_found') throw error;
  return data<ProfileActionResult>({ errors: { [field]: error.userMessage } }, { status: 422 });
}

/** Shopify makes or ends a code; what it, or a rule, refuses stands beside the field. */
async function changeRewards(
  change: Extract<Change, { intent: 'redeem' | 'giveBack' | 'settle' }>,
  by: { shopId: number; profileId: bigint; staff: string; now: Date },
) {
  try {
    if (change.intent === 'giveBack') {
      await redemptionCancelled({ ...by, redemptionId: idParam(change.redemptionId, 'redemption') });
      return data<ProfileActionResult>({ done: true });
    }
    if (change.intent === 'settle') {
      const redemptionId = idParam(change.redemptionId, 'redemption');
      await paymentSettled({ ...by, redemptionId, paid: change.paid === 'yes' });
      return data<ProfileActionResult>({ done: true });
    }
    const rewardId = idParam(change.rewardId, 'reward');
    const { key, points } = change;
    const { state, code } = await rewardRedeemed({
      ...by,
      rewardId,
      key,
      ...(points !== undefined && { points }),
    });
    return data<ProfileActionResult>({ done: true, code: state === 'confirmed' ? code : null });
  } catch (error) {
    const isAboutPoints = error instanceof AppError && error.reason === 'points_not_offered';
    return refused(isAboutPoints ? 'points' : 'reward', error);
  }
}

export default function Customer() {
  const { shop, profile, tier, content, rewards, redemptions, birthday, advocate } =
    useLoaderData<typeof loader>();
  const format = createAdminFormat(shop);
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
              <RewardsCard rewards={rewards} redemptions={redemptions} mayRedeem={!profile.redacted} />
              <ReferralsCard {...advocate} mayShare={!profile.redacted} />
              <ConsentCard profile={profile} />
              {!profile.redacted && <BirthdayCard birthday={birthday} />}
              <FiguresCard profile={profile} />
              <ContactCard profile={profile} />
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
    </AdminPage>
  );
}
