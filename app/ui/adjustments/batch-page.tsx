import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { BatchPreview, FailedLine } from '~/modules/loyalty/types';
import { ConfirmModal } from '../confirm-modal';
import { Facts } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { StatRow, type Stat } from '../stat-row';
import { useRefresh } from '../use-refresh';
import type { AdjustmentResult } from './adjustment-form';
import { staffName } from './batch-table';
import type { BatchView } from './batch-view';
import { FailedLines } from './failed-lines';

const refreshMs = 1_500;

interface BatchPageProps {
  batch: BatchView;
  preview: BatchPreview | null; // of a draft
  failed: FailedLine[]; // the first lines that failed
}

/** One batch: a preview with a button, then how far it is, then what came of it. */
export function BatchPage({ batch, preview, failed }: BatchPageProps) {
  return (
    <BlockStack gap="400">
      {preview ? <Draft batch={batch} preview={preview} /> : <Result batch={batch} />}
      <FailedLines batchId={batch.id} lines={failed} all={batch.failed} />
    </BlockStack>
  );
}

function Draft({ batch, preview }: { batch: BatchView; preview: BatchPreview }) {
  const format = useFormat();
  const { run, running } = useBatchAction(batch.id);
  const { people, gains, given, losses, taken, short, worth } = preview;
  const stats: Stat[] = [
    { label: t('adjustments.preview.people'), value: format.number(people) },
    {
      label: t('adjustments.preview.given'),
      value: format.number(given),
      note: worth === null ? t('adjustments.preview.to', { count: gains }) : format.money(worth),
    },
    {
      label: t('adjustments.preview.taken'),
      value: format.number(taken),
      note: t('adjustments.preview.from', { count: losses }),
    },
    {
      label: t('adjustments.preview.failed'),
      value: format.number(batch.failed),
      note: t('adjustments.preview.ofLines', { count: batch.lines }),
    },
  ];
  return (
    <>
      <Banner tone="info">{t('adjustments.preview.nothingYet')}</Banner>
      <StatRow stats={stats} />
      {short > 0 && <Banner tone="warning">{t('adjustments.preview.short', { count: short })}</Banner>}
      {people === 0 && <Banner tone="warning">{t('adjustments.preview.nobody')}</Banner>}
      <InlineStack gap="200" align="start">
        <Button
          variant="primary"
          disabled={people === 0}
          loading={running === 'start'}
          onClick={() => run('start')}
        >
          {t('adjustments.preview.start', { count: people })}
        </Button>
        <Button loading={running === 'discard'} onClick={() => run('discard')}>
          {t('adjustments.preview.discard')}
        </Button>
      </InlineStack>
    </>
  );
}

function Result({ batch }: { batch: BatchView }) {
  const format = useFormat();
  const { status, people, given, taken, failed, lines } = batch;
  const running = status === 'posting' || status === 'undoing';
  useRefresh(running, refreshMs);
  return (
    <>
      {running && <Progress batch={batch} />}
      {status === 'undone' && <Undone batch={batch} />}
      <StatRow
        stats={[
          { label: t('adjustments.preview.people'), value: format.number(people) },
          { label: t('adjustments.posted.given'), value: format.number(given) },
          { label: t('adjustments.posted.taken'), value: format.number(taken) },
          {
            label: t('adjustments.preview.failed'),
            value: format.number(failed),
            note: t('adjustments.preview.ofLines', { count: lines }),
          },
        ]}
      />
      <WhoAndWhen batch={batch} />
      <UndoButton batch={batch} offered={status === 'posted' || status === 'posting'} />
    </>
  );
}

function Progress({ batch }: { batch: BatchView }) {
  const format = useFormat();
  const { status, done, lines } = batch;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          {t(status === 'undoing' ? 'adjustments.progress.undoing' : 'adjustments.progress.posting')}
        </Text>
        <ProgressBar
          progress={lines === 0 ? 0 : Math.min(100, (done / lines) * 100)}
          size="small"
          ariaLabelledBy="batch-progress"
        />
        <Text as="p" tone="subdued" variant="bodySm" id="batch-progress">
          {t('adjustments.progress.text', {
            done: format.number(Math.min(done, lines)),
            all: format.number(lines),
          })}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Undone({ batch: { tookBack, gaveBack, kept } }: { batch: BatchView }) {
  const format = useFormat();
  return (
    <Banner tone={kept > 0 ? 'warning' : 'success'} title={t('adjustments.undone.title')}>
      <p>
        {t('adjustments.undone.text', {
          tookBack: format.number(tookBack),
          gaveBack: format.number(gaveBack),
        })}
      </p>
      {kept > 0 && <p>{t('adjustments.undone.kept', { points: format.number(kept) })}</p>}
    </Banner>
  );
}

function WhoAndWhen({ batch }: { batch: BatchView }) {
  const format = useFormat();
  const { reason, staff, undoneBy, startedAt, finishedAt, undoneAt } = batch;
  const moment = (at: string | null) => (at === null ? [] : [format.dateTime(at)]);
  const by = (name: string | null) => (name === null ? [] : [staffName(name)]);
  const facts = [
    { label: t('adjustments.facts.reason'), value: reason },
    { label: t('adjustments.facts.started'), value: [...moment(startedAt), ...by(staff)].join(', ') },
    { label: t('adjustments.facts.finished'), value: moment(finishedAt).join('') },
    { label: t('adjustments.facts.undone'), value: [...moment(undoneAt), ...by(undoneBy)].join(', ') },
  ];
  return (
    <Card>
      <Facts facts={facts.filter(({ value }) => value !== '')} />
    </Card>
  );
}

/** Stays when the button goes: the admin takes the title of a modal that vanishes for that of the page. */
function UndoButton({ batch, offered }: { batch: BatchView; offered: boolean }) {
  const [asking, setAsking] = useState(false);
  const { run, running } = useBatchAction(batch.id);
  return (
    <InlineStack align="start">
      {offered && (
        <Button tone="critical" loading={running === 'undo'} onClick={() => setAsking(true)}>
          {t('adjustments.undo.button')}
        </Button>
      )}
      <ConfirmModal
        id="undo-batch"
        open={asking}
        title={t('adjustments.undo.title')}
        text={t('adjustments.undo.text')}
        confirm={t('adjustments.undo.confirm')}
        destructive
        onConfirm={() => {
          setAsking(false);
          run('undo');
        }}
        onClose={() => setAsking(false)}
      />
    </InlineStack>
  );
}

type Intent = 'start' | 'undo' | 'discard';

function useBatchAction(id: string) {
  const fetcher = useFetcher<AdjustmentResult>();
  const [asked, setAsked] = useState<Intent>('start');
  return {
    run: (intent: Intent) => {
      setAsked(intent);
      fetcher.submit({ intent, id }, { method: 'post', encType: 'application/json' });
    },
    running: fetcher.state === 'idle' ? null : asked,
  };
}
