import { Badge, BlockStack, Box, Card, InlineStack, Link, List, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { HealthPage, ImportRun, LedgerAudit, TopicState } from '~/modules/insights/types';
import { ImportBadge } from '../badges';
import { CardHead, CardTitle } from '../facts';
import { t, word } from '../i18n';
import { ListTable } from '../list-table';
import { useFormat } from '../shop-context';

function TableCard({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Card padding="0">
      <Box padding="400">
        <CardHead title={title} text={text} />
      </Box>
      {children}
    </Card>
  );
}

/** What Shopify sent lately, by kind. */
export function TopicsCard({ topics }: { topics: TopicState[] }) {
  const format = useFormat();
  const title = t('health.topics.title');
  if (topics.length === 0)
    return (
      <TableCard title={title} text={t('health.topics.empty')}>
        {null}
      </TableCard>
    );
  return (
    <TableCard title={title} text={t('health.topics.text')}>
      <ListTable
        resource={{ singular: title, plural: title }}
        columns={[
          { title: t('health.topics.column.topic') },
          { title: t('health.topics.column.last') },
          { title: t('health.topics.column.state') },
          { title: t('health.topics.column.received'), alignment: 'end' },
        ]}
        rows={topics.map((topic) => ({
          id: topic.topic,
          cells: [
            topic.topic,
            format.dateTime(topic.lastReceivedAt),
            <TopicBadge key="state" topic={topic} />,
            format.number(topic.received),
          ],
          summary: (
            <BlockStack gap="100" inlineAlign="start">
              <Text as="span">{topic.topic}</Text>
              <Text as="span" tone="subdued" variant="bodySm">
                {format.dateTime(topic.lastReceivedAt)}, {format.number(topic.received)}
              </Text>
              <TopicBadge topic={topic} />
            </BlockStack>
          ),
        }))}
      />
    </TableCard>
  );
}

function TopicBadge({ topic }: { topic: TopicState }) {
  if (topic.dead > 0) return <Badge tone="critical">{t('health.topics.dead', { count: topic.dead })}</Badge>;
  if (topic.pending > 0)
    return <Badge tone="info">{t('health.topics.pending', { count: topic.pending })}</Badge>;
  return <Badge tone="success">{t('health.topics.ok')}</Badge>;
}

/** Imports from Shopify, newest first. */
export function ImportsCard({ runs }: { runs: ImportRun[] }) {
  const format = useFormat();
  const title = t('health.imports.title');
  if (runs.length === 0)
    return (
      <TableCard title={title} text={t('health.imports.empty')}>
        {null}
      </TableCard>
    );
  return (
    <TableCard title={title}>
      <ListTable
        resource={{ singular: title, plural: title }}
        columns={[
          { title: t('health.imports.column.kind') },
          { title: t('health.imports.column.reason') },
          { title: t('health.imports.column.status') },
          { title: t('health.imports.column.started') },
          { title: t('health.imports.column.records'), alignment: 'end' },
        ]}
        rows={runs.map((run) => ({
          id: run.id,
          cells: [
            word('importKind', run.kind),
            word('importReason', run.reason),
            <ImportStatus key="status" run={run} />,
            format.dateTime(run.startedAt),
            format.number(run.ingestedLines),
          ],
          summary: (
            <BlockStack gap="100" inlineAlign="start">
              <Text as="span">
                {word('importKind', run.kind)}, {word('importReason', run.reason)}
              </Text>
              <Text as="span" tone="subdued" variant="bodySm">
                {format.dateTime(run.startedAt)}, {format.number(run.ingestedLines)}
              </Text>
              <ImportStatus run={run} />
            </BlockStack>
          ),
        }))}
      />
    </TableCard>
  );
}

function ImportStatus({ run }: { run: ImportRun }) {
  return (
    <BlockStack inlineAlign="start">
      <ImportBadge status={run.status} />
      {run.error && (
        <Text as="span" tone="critical" variant="bodySm" breakWord>
          {run.error.slice(0, 200)}
        </Text>
      )}
    </BlockStack>
  );
}

/** Mails of which nobody knows whether they were sent. */
export function UnknownMailsCard({ mails }: { mails: HealthPage['unknownMails'] }) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('health.unknown.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {mails.length === 0 ? t('health.unknown.empty') : t('health.unknown.text')}
        </Text>
        {mails.length > 0 && (
          <List>
            {mails.map((mail) => (
              <List.Item key={mail.id}>
                <Link url={`/app/messages/${mail.id}`}>{word('template', mail.templateKey)}</Link>,{' '}
                {mail.profileName ?? t('common.unnamed')}, {format.dateTime(mail.createdAt)}
              </List.Item>
            ))}
          </List>
        )}
      </BlockStack>
    </Card>
  );
}

/** Whether every balance is the sum of its entries. */
export function AuditCard({ audit }: { audit: LedgerAudit | null }) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="200">
        <CardTitle>{t('health.audit.title')}</CardTitle>
        {audit ? (
          <>
            <InlineStack gap="200">
              <AuditBadge audit={audit} />
            </InlineStack>
            <Text as="p" tone="subdued">
              {t('health.audit.checked', { date: format.dateTime(audit.checkedAt) })}
            </Text>
          </>
        ) : (
          <Text as="p" tone="subdued">
            {t('health.audit.never')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

function AuditBadge({ audit }: { audit: LedgerAudit }) {
  if (audit.drifted > 0)
    return <Badge tone="critical">{t('health.audit.drifted', { count: audit.drifted })}</Badge>;
  if (!audit.balanced) return <Badge tone="critical">{t('health.audit.unbalanced')}</Badge>;
  return <Badge tone="success">{t('health.audit.good', { count: audit.accounts })}</Badge>;
}
