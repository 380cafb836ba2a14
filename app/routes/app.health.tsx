import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, InlineGrid } from '@shopify/polaris';
import { z } from 'zod';
import { enqueue } from '~/jobs/enqueue.server';
import { getHealthPage } from '~/modules/insights/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { retryDeadLetter } from '~/ingest/retry-dead-letter.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { DeadCard } from '~/ui/health/dead-card';
import { AuditCard, ImportsCard, TopicsCard, UnknownMailsCard } from '~/ui/health/tables';
import { isLate, WorkCard } from '~/ui/health/work-card';
import { hasProblems, ProblemBanner } from '~/ui/home/problem-banner';
import { t } from '~/ui/i18n';
import { idParam } from '~/ui/params';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('health.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() => withShop(shopId, (tx) => getHealthPage(tx, { shopId, now: clock.now() })));
}

const actionSchema = z.object({ intent: z.literal('retry'), id: z.string() });

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const form = actionSchema.parse(Object.fromEntries(await request.formData()));
  return answer(async () => {
    const id = idParam(form.id, 'delivery');
    const { shopDomain } = await withShop(shopId, (tx) =>
      retryDeadLetter(tx, { shopId, id, now: clock.now() }),
    );
    await enqueue('ingest.drain', { shopDomain });
    return { retried: form.id };
  });
}

export default function Health() {
  const { shop, now, problems, work, dead, topics, unknownMails, audit, imports } =
    useLoaderData<typeof loader>();
  return (
    <AdminPage shop={shop} title={t('health.title')}>
      <BlockStack gap="400">
        <ProblemBanner problems={problems} />
        {!hasProblems(problems) && !isLate(work, now) && <Banner tone="success">{t('health.good')}</Banner>}
        <InlineGrid columns={{ xs: 1, md: 3 }} gap="400">
          <WorkCard work={work} now={now} />
          <AuditCard audit={audit} />
          <UnknownMailsCard mails={unknownMails} />
        </InlineGrid>
        <DeadCard dead={dead} />
        <TopicsCard topics={topics} />
        <ImportsCard runs={imports} />
      </BlockStack>
    </AdminPage>
  );
}
