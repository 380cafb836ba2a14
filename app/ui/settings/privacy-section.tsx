import { useFetcher } from '@remix-run/react';
import { Badge, BlockStack, Box, Button, Card, InlineError, Layout, Text } from '@shopify/polaris';
import type { PrivacyRequestRow } from '~/modules/insights/types';
import { t, word } from '../i18n';
import { ListTable } from '../list-table';
import { useFormat } from '../shop-context';
import { useAnswer } from '../use-answer';

/** What customers asked for through Shopify, with the file to hand over where there is one. */
export function PrivacySection({ requests }: { requests: PrivacyRequestRow[] }) {
  const format = useFormat();
  return (
    <Layout.AnnotatedSection
      id="privacy"
      title={t('settings.privacy.title')}
      description={t('settings.privacy.text')}
    >
      <Card padding="0">
        {requests.length === 0 ? (
          <Box padding="400">
            <Text as="p" tone="subdued">
              {t('settings.privacy.empty')}
            </Text>
          </Box>
        ) : (
          <ListTable
            resource={{ singular: t('settings.privacy.title'), plural: t('settings.privacy.title') }}
            columns={[
              { title: t('settings.privacy.column.what') },
              { title: t('settings.privacy.column.requested') },
              { title: t('settings.privacy.column.due') },
              { title: t('settings.privacy.column.status') },
            ]}
            rows={requests.map((request) => ({
              id: request.id,
              cells: [
                word('privacyKind', request.kind),
                format.date(request.requestedAt),
                format.date(request.dueAt),
                <Status key="status" request={request} />,
              ],
              summary: (
                <BlockStack gap="100" inlineAlign="start">
                  <Text as="span">{word('privacyKind', request.kind)}</Text>
                  <Text as="span" tone="subdued" variant="bodySm">
                    {format.date(request.requestedAt)}
                  </Text>
                  <Status request={request} />
                </BlockStack>
              ),
            }))}
          />
        )}
      </Card>
    </Layout.AnnotatedSection>
  );
}

function Status({ request }: { request: PrivacyRequestRow }) {
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Badge tone={request.status === 'done' ? 'success' : 'attention'}>
        {request.status === 'done' ? t('settings.privacy.statusDone') : t('settings.privacy.statusOpen')}
      </Badge>
      {request.hasExport && <Download id={request.id} />}
    </BlockStack>
  );
}

/** The file is fetched with the session's token, which a plain link would not carry, and then saved. */
function Download({ id }: { id: string }) {
  const fetcher = useFetcher<{ file: string } | { failed: true }>();
  const result = fetcher.data;
  useAnswer(result, (answer) => {
    if (!('file' in answer)) return;
    const url = URL.createObjectURL(new Blob([answer.file], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `customer-data-${id}.json`;
    link.click();
    URL.revokeObjectURL(url);
  });
  return (
    <BlockStack gap="100">
      <Button
        loading={fetcher.state !== 'idle'}
        onClick={() => fetcher.load(`/app/privacy/${id}`)}
        accessibilityLabel={t('settings.privacy.downloadNamed', { id })}
      >
        {t('settings.privacy.download')}
      </Button>
      {result && 'failed' in result && (
        <InlineError fieldID={`download-${id}`} message={t('settings.privacy.downloadFailed')} />
      )}
    </BlockStack>
  );
}
