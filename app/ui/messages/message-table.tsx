import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import type { ListPage, MessageRow } from '~/modules/insights/types';
import { MessageStatusBadge } from '../badges';
import type { Format } from '../format';
import { t, word } from '../i18n';
import { ListTable, type ListColumn, type ListRow } from '../list-table';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import wrapping from '../wrapping.module.css';

interface MessageTableProps {
  page: ListPage<MessageRow>;
  /** On the page of a customer, who it is about needs no column. */
  ofOnePerson?: boolean;
}

/** Mails, and decisions not to send one, each with its reason. */
export function MessageTable({ page, ofOnePerson = false }: MessageTableProps) {
  const format = useFormat();
  const whose: ListColumn[] = ofOnePerson ? [] : [{ title: t('messages.column.customer') }];
  return (
    <ListTable
      resource={{ singular: t('messages.resource.one'), plural: t('messages.resource.many') }}
      columns={[
        { title: t('messages.column.what') },
        ...whose,
        { title: t('messages.column.status') },
        { title: t('messages.column.why') },
        { title: t('messages.column.date') },
      ]}
      rows={page.items.map((message) => toRow(message, format, ofOnePerson))}
      page={page}
    />
  );
}

function toRow(message: MessageRow, format: Format, ofOnePerson: boolean): ListRow {
  const name = <MessageName message={message} />;
  const whose = message.profileName ?? t('common.unnamed');
  const why = whyText(message, format);
  const date = format.dateTime(message.sentAt ?? message.at);
  return {
    id: `${message.type}-${message.id}`,
    cells: [
      name,
      ...(ofOnePerson ? [] : [whose]),
      <MessageStatusBadge key="status" status={message.status} />,
      <Why key="why" why={why} result={resultText(message, format)} />,
      date,
    ],
    summary: (
      <BlockStack gap="100" inlineAlign="start">
        {name}
        {!ofOnePerson && <Text as="span">{whose}</Text>}
        <InlineStack gap="200" blockAlign="center">
          <MessageStatusBadge status={message.status} />
          <Text as="span" tone="subdued" variant="bodySm">
            {date}
          </Text>
        </InlineStack>
        <Why why={why} result={resultText(message, format)} />
      </BlockStack>
    ),
  };
}

function Why({ why, result }: { why: string; result: string }) {
  return (
    <div className={wrapping.text}>
      <Text as="span">{why}</Text>
      {result && (
        <Text as="p" tone="subdued" variant="bodySm">
          {result}
        </Text>
      )}
    </div>
  );
}

function MessageName({ message }: { message: MessageRow }) {
  const name = message.templateKey
    ? word('template', message.templateKey)
    : [message.flowKey && word('flows.name', message.flowKey), message.nodeKey?.replaceAll('_', ' ')]
        .filter(Boolean)
        .join(', ');
  const text = (
    <Text as="span" fontWeight="semibold">
      {name}
    </Text>
  );
  return message.type === 'message' ? <RowLink url={`/app/messages/${message.id}`}>{text}</RowLink> : text;
}

/** Why it was sent, or was not. */
export function whyText(
  message: Pick<MessageRow, 'reason' | 'until' | 'error' | 'messageKind'>,
  format: Format,
): string {
  if (message.error) return errorText(message.error);
  if (!message.reason) return message.messageKind === 'test' ? word('messageKind', 'test') : '';
  const until = message.until && t('messages.until', { date: format.dateTime(message.until) });
  return [word('reason', message.reason), until].filter(Boolean).join('. ');
}

function resultText({ clickedAt, revenue }: MessageRow, format: Format): string {
  return [
    clickedAt && t('messages.clicked'),
    revenue && t('messages.order', { amount: format.money(revenue) }),
  ]
    .filter(Boolean)
    .join(', ');
}

/** An error may carry what it is about behind a colon: "missing_value: cart.total". */
function errorText(error: string): string {
  const [code = '', ...about] = error.split(': ');
  return [word('reason', code), ...about].join(': ');
}
