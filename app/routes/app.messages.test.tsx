import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, Card, FormLayout, Layout, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { enqueue } from '~/jobs/enqueue.server';
import { getShopView } from '~/modules/insights/index.server';
import { previewTemplate, sendTest } from '~/modules/messaging/index.server';
import { getShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { CardTitle } from '~/ui/facts';
import { t } from '~/ui/i18n';
import { MailChoice } from '~/ui/messages/mail-choice';
import { mailQuerySchema } from '~/ui/messages/mail-query';
import { MailPreview } from '~/ui/messages/mail-preview';
import { searchInput } from '~/ui/params';
import { titled } from '~/ui/page-meta';
import { useAnswer } from '~/ui/use-answer';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('test.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { template, language } = mailQuerySchema.parse(searchInput(request));
  return answer(() =>
    withShop(shopId, async (tx) => ({
      shop: await getShopView(tx, { shopId }),
      to: (await getShop(tx, { shopId })).email ?? '',
      preview: await previewTemplate(tx, { shopId, templateKey: template, locale: language }),
      template,
      language,
    })),
  );
}

const actionSchema = mailQuerySchema.extend({ to: z.email({ error: t('test.invalidTo') }).max(320) });

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const parsed = actionSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!parsed.success) return data({ error: t('test.invalidTo') }, { status: 422 });
  const { template, language, to } = parsed.data;
  return answer(async () => {
    const input = { shopId, templateKey: template, locale: language, to, now: clock.now() };
    await withShop(shopId, (tx) => sendTest(tx, input));
    await enqueue('email.deliver', { shopId });
    return { sent: true as const };
  });
}

export default function SendTest() {
  const { shop, preview } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('test.title')}
      back={{ label: t('messages.title'), url: '/app/messages' }}
    >
      <Layout>
        <Layout.Section variant="oneThird">
          <TestForm />
        </Layout.Section>
        <Layout.Section>
          <Card>
            <BlockStack gap="400">
              <CardTitle>{t('test.preview')}</CardTitle>
              {preview.missing.length > 0 && (
                <Banner tone="warning">{t('test.missing', { names: preview.missing.join(', ') })}</Banner>
              )}
              <MailPreview mail={preview} />
            </BlockStack>
          </Card>
        </Layout.Section>
      </Layout>
    </AdminPage>
  );
}

function TestForm() {
  const { to, template, language } = useLoaderData<typeof loader>();
  const shopify = useAppBridge();
  const fetcher = useFetcher<{ sent: true } | { error: string }>();
  const [address, setAddress] = useState(to);
  const result = fetcher.data;

  useAnswer(result, (answer) => {
    if ('sent' in answer) shopify.toast.show(t('test.sent'));
  });

  return (
    <Card>
      <fetcher.Form method="post">
        <FormLayout>
          <MailChoice template={template} language={language} />
          <TextField
            label={t('test.to')}
            type="email"
            name="to"
            autoComplete="email"
            value={address}
            onChange={setAddress}
            helpText={t('test.toHelp')}
            error={result && 'error' in result ? result.error : undefined}
          />
          <Button submit variant="primary" loading={fetcher.state !== 'idle'}>
            {t('test.send')}
          </Button>
        </FormLayout>
      </fetcher.Form>
    </Card>
  );
}
