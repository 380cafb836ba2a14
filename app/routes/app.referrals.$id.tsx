import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, Layout, Link, Text } from '@shopify/polaris';
import { getReferralPage } from '~/modules/insights/index.server';
import type { ReferralRow } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { referralsDecided } from '~/processes/referrals-decided.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { CardTitle, Facts, type Fact } from '~/ui/facts';
import { createAdminFormat, type Format } from '~/ui/format';
import { t, word } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { idParam } from '~/ui/params';
import { DecideForm } from '~/ui/referrals/decide-form';
import { decideByForm } from '~/ui/referrals/decide-input.server';
import { EvidenceList, nextText, personText, ReferralBadge } from '~/ui/referrals/referral-text';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('referrals.one');

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() => {
    const referralId = idParam(params.id, 'referral');
    return withShop(shopId, (tx) => getReferralPage(tx, { shopId, referralId }));
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shopId, staff } = await requireShop(request);
  const now = clock.now();
  return answer(() => {
    const referralIds = [idParam(params.id, 'referral')]; // of this page, whatever the form says
    return decideByForm(request, (decided) =>
      withShop(shopId, (tx) => referralsDecided(tx, { ...decided, referralIds, shopId, staff, now })),
    );
  });
}

export default function ReferralPage() {
  const { shop, referral } = useLoaderData<typeof loader>();
  const format = createAdminFormat(shop);
  const isOver =
    referral.state === 'cancelled' || referral.evidence.some(({ kind }) => kind === 'same_person');
  return (
    <AdminPage
      shop={shop}
      title={t('referrals.pageTitle', {
        friend: personText(referral.friend),
        advocate: personText(referral.advocate),
      })}
      titleMetadata={<ReferralBadge state={referral.state} />}
      back={{ label: t('referrals.title'), url: '/app/referrals' }}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Card>
              <BlockStack gap="300">
                <CardTitle>{t('referrals.evidence')}</CardTitle>
                <EvidenceList evidence={referral.evidence} />
              </BlockStack>
            </Card>
            <Card>
              <BlockStack gap="300">
                <CardTitle>{t('referrals.decide.heading')}</CardTitle>
                <Text as="p">{nextText(referral, format)}</Text>
                {!isOver && <DecideForm ids={[referral.id]} />}
              </BlockStack>
            </Card>
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <Card>
            <BlockStack gap="300">
              <CardTitle>{t('referrals.facts.title')}</CardTitle>
              <Facts facts={listFacts(referral, format)} />
            </BlockStack>
          </Card>
        </Layout.Section>
      </Layout>
    </AdminPage>
  );
}

/** A code that was never made has no name yet. */
function codeText({ offerState, offerCode, offerError }: ReferralRow): string {
  const state = word('referrals.offer', offerState);
  const sentence = offerError === null ? state : `${state} ${offerError}`;
  return offerState === 'none' ? sentence : `${offerCode}. ${sentence}`;
}

function listFacts(referral: ReferralRow, format: Format): Fact[] {
  const person = (who: ReferralRow['friend']) => (
    <Link url={`/app/customers/${who.id}`}>{personText(who)}</Link>
  );
  const { order, holdUntil, decision, decidedAt, decisionReason } = referral;
  const facts: (Fact | false)[] = [
    { label: t('referrals.column.friend'), value: person(referral.friend) },
    { label: t('referrals.column.advocate'), value: person(referral.advocate) },
    { label: t('referrals.facts.claimed'), value: format.dateTime(referral.claimedAt) },
    { label: t('referrals.facts.code'), value: codeText(referral) },
    order !== null && {
      label: t('referrals.column.order'),
      value: `${order.name} · ${format.money(order.total)}`,
    },
    holdUntil !== null && { label: t('referrals.facts.holdUntil'), value: format.date(holdUntil) },
    decision !== null &&
      decidedAt !== null && {
        label: t(decision === 'approved' ? 'referrals.facts.approved' : 'referrals.facts.rejected'),
        value: format.dateTime(decidedAt),
      },
    decisionReason !== null && { label: t('referrals.decide.reason'), value: decisionReason },
    referral.points > 0 && { label: t('referrals.facts.points'), value: format.number(referral.points) },
  ];
  return facts.filter((fact) => fact !== false);
}
