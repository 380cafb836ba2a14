import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, InlineGrid } from '@shopify/polaris';
import { z } from 'zod';
import { getShopView } from '~/modules/insights/index.server';
import {
  getMailWords,
  listWordVersions,
  previewTemplate,
  updateMailWords,
} from '~/modules/messaging/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { MailChoice } from '~/ui/messages/mail-choice';
import { mailQuerySchema } from '~/ui/messages/mail-query';
import { findWordsMistakes, toWordsDraft } from '~/ui/messages/words-draft';
import { WordsForm, type WordsResult } from '~/ui/messages/words-form';
import { titled } from '~/ui/page-meta';
import { searchInput } from '~/ui/params';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('words.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { template, language } = mailQuerySchema.parse(searchInput(request));
  const about = { shopId, templateKey: template, locale: language };
  return answer(() =>
    withShop(shopId, async (tx) => {
      const { words, original } = await getMailWords(tx, about);
      const versions = await listWordVersions(tx, about);
      return {
        shop: await getShopView(tx, { shopId }),
        saved: toWordsDraft(words),
        original: toWordsDraft(original),
        versions: versions.map(({ words: then, createdAt, ...version }) => ({
          ...version,
          words: toWordsDraft(then),
          createdAt: createdAt.toISOString(),
        })),
        preview: await previewTemplate(tx, about),
        template,
        language,
      };
    }),
  );
}

const actionSchema = z.object({ intent: z.enum(['preview', 'save']), draft: z.unknown() });

export async function action({ request }: ActionFunctionArgs) {
  const { shopId, staff } = await requireShop(request);
  const { template, language } = mailQuerySchema.parse(searchInput(request));
  const about = { shopId, templateKey: template, locale: language };
  return answer(async () => {
    const { intent, draft } = actionSchema.parse(await request.json());
    const found = findWordsMistakes(draft);
    if ('errors' in found) return data<WordsResult>({ errors: found.errors }, { status: 422 });
    const words = found.parsed;
    try {
      const result = await withShop(shopId, async (tx): Promise<WordsResult> => {
        if (intent === 'preview') return { preview: await previewTemplate(tx, { ...about, words }) };
        await updateMailWords(tx, { ...about, words, staff, now: clock.now() });
        return { saved: true };
      });
      return data(result);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
      return data<WordsResult>({ problem: error.userMessage }, { status: 422 });
    }
  });
}

export default function Words() {
  const { shop, saved, original, versions, preview, template, language } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('words.title')}
      subtitle={t('words.intro')}
      back={{ label: t('messages.title'), url: '/app/messages' }}
    >
      <BlockStack gap="400">
        <Card>
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
            <MailChoice template={template} language={language} />
          </InlineGrid>
        </Card>
        {/* What was saved is where writing starts anew. */}
        <WordsForm
          key={`${template} ${language} ${JSON.stringify(saved)}`}
          saved={saved}
          original={original}
          versions={versions}
          preview={preview}
        />
      </BlockStack>
    </AdminPage>
  );
}
