import { isRouteErrorResponse, useRevalidator, useRouteError } from '@remix-run/react';
import { Banner, BlockStack, Page, Text } from '@shopify/polaris';
import { z } from 'zod';
import { t } from './i18n';

const answerSchema = z.object({ userMessage: z.string() });

/** The ErrorBoundary of every page: says what is wrong in words and offers the next step, inside the admin's frame. */
export function PageError() {
  const error = useRouteError();
  const response = isRouteErrorResponse(error) ? error : null;
  // Shopify's library answers some requests by throwing a page of its own, e.g. one that renews the session.
  if (typeof response?.data === 'string' && response.data.trimStart().startsWith('<')) {
    return <div dangerouslySetInnerHTML={{ __html: response.data }} />;
  }
  const told = answerSchema.safeParse(response?.data).data;
  return response?.status === 404 ? (
    <NotFound text={told?.userMessage} />
  ) : (
    <Unexpected text={told?.userMessage} />
  );
}

function NotFound({ text }: { text?: string }) {
  return (
    <Page
      title={t('errors.notFoundTitle')}
      backAction={{ content: t('errors.toHome'), url: '/app' }}
      narrowWidth
    >
      <Banner tone="warning" action={{ content: t('errors.toHome'), url: '/app' }}>
        <Text as="p">{text ?? t('errors.notFoundTitle')}</Text>
      </Banner>
    </Page>
  );
}

function Unexpected({ text }: { text?: string }) {
  const { revalidate } = useRevalidator();
  return (
    <Page title={t('errors.unexpectedTitle')} narrowWidth>
      <Banner tone="critical" action={{ content: t('errors.tryAgain'), onAction: () => revalidate() }}>
        <BlockStack>
          <Text as="p">{text ?? t('errors.unexpected')}</Text>
        </BlockStack>
      </Banner>
    </Page>
  );
}
