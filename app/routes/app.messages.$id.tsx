import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Card, Layout, Link, List, Text } from '@shopify/polaris';
import { getMessagePage } from '~/modules/insights/index.server';
import type { MessagePage } from '~/modules/insights/types';
import { renderStoredMessage } from '~/modules/messaging/index.server';
import type { StoredMail } from '~/modules/messaging/types';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { MessageStatusBadge } from '~/ui/badges';
import { CardTitle, Facts, type Fact } from '~/ui/facts';
import type { Format } from '~/ui/format';
import { t, word } from '~/ui/i18n';
import { MailPreview } from '~/ui/messages/mail-preview';
import { whyText } from '~/ui/messages/message-table';
import { idParam } from '~/ui/params';
import { useFormat } from '~/ui/shop-context';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('messages.title');

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() => {
    const messageId = idParam(params.id, 'message');
    return withShop(shopId, async (tx) => ({
      ...(await getMessagePage(tx, { shopId, messageId })),
      mail: await renderStoredMessage(tx, { shopId, messageId }),
    }));
  });
}

export default function Message() {
  const { shop, message, decisions, mail } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={word('template', message.templateKey ?? '')}
      subtitle={t('message.title', { name: message.profileName ?? t('common.unnamed') })}
      titleMetadata={<MessageStatusBadge status={message.status} />}
      back={{ label: t('messages.title'), url: '/app/messages' }}
    >
      <Layout>
        <Layout.Section>
          <PreviewCard mail={mail} status={message.status} />
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            {message.status === 'unknown' && <Banner tone="warning">{t('message.unknownText')}</Banner>}
            <WhyCard message={message} decisions={decisions} />
            <DetailsCard message={message} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </AdminPage>
  );
}

function PreviewCard({ mail, status }: { mail: StoredMail | null; status: string }) {
  const written = status === 'sent' || status === 'unknown';
  return (
    <Card>
      <BlockStack gap="400">
        <CardTitle>{written ? t('message.preview') : t('message.previewQueued')}</CardTitle>
        {mail?.asSent === false && <Banner tone="warning">{t('message.changed')}</Banner>}
        {mail ? (
          <MailPreview mail={mail} />
        ) : (
          <Text as="p" tone="subdued">
            {written ? t('message.gone') : t('message.notRendered')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function WhyCard({ message, decisions }: Pick<MessagePage, 'message' | 'decisions'>) {
  const format = useFormat();
  const none = message.messageKind === 'test' ? t('message.noDecision') : t('message.noDecisions');
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('message.why')}</CardTitle>
        {message.error && <Text as="p">{whyText(message, format)}</Text>}
        {decisions.length > 0 ? (
          <List type="number">
            {decisions.map((decision) => (
              <List.Item key={decision.id}>
                {format.dateTime(decision.decidedAt)}: {word('messageStatus', decision.outcome)}.{' '}
                {whyText({ ...decision, error: null, messageKind: null }, format)}
              </List.Item>
            ))}
          </List>
        ) : (
          <Text as="p" tone="subdued">
            {none}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function DetailsCard({ message }: Pick<MessagePage, 'message'>) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('message.details')}</CardTitle>
        <Facts facts={listFacts(message, format)} />
        {message.smtpResponse && (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              {t('message.response')}
            </Text>
            <Text as="p" tone="subdued" breakWord>
              {message.smtpResponse}
            </Text>
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}

function listFacts(message: MessagePage['message'], format: Format): Fact[] {
  const at = (label: string, iso: string | null): Fact | false =>
    iso !== null && { label, value: format.dateTime(iso) };
  const facts: (Fact | false)[] = [
    {
      label: t('common.customer'),
      value: (
        <Link url={`/app/customers/${message.profileId}`}>{message.profileName ?? t('common.unnamed')}</Link>
      ),
    },
    message.toAddress !== null && { label: t('message.to'), value: message.toAddress },
    message.messageKind !== null && {
      label: t('message.kind'),
      value: word('messageKind', message.messageKind),
    },
    message.isRendered && {
      label: t('message.words'),
      value:
        message.wordsAt === null
          ? t('message.ourWords')
          : t('message.wordsOf', { date: format.dateTime(message.wordsAt) }),
    },
    { label: t('message.language'), value: word('language', message.locale) },
    at(t('message.created'), message.createdAt),
    at(t('message.sent'), message.sentAt),
    { label: t('message.attempts'), value: format.number(message.attempts) },
    at(t('message.clicked'), message.clickedAt),
    at(t('message.unsubscribed'), message.unsubscribedAt),
    at(t('message.bounced'), message.bouncedAt),
    at(t('message.complained'), message.complainedAt),
    message.orderName !== null && {
      label: t('message.order'),
      value: [message.orderName, message.revenue && format.money(message.revenue)].filter(Boolean).join(', '),
    },
  ];
  return facts.filter((fact) => fact !== false);
}
