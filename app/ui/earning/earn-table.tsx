import { Badge, BlockStack, Card, Text } from '@shopify/polaris';
import { earnTriggers, type EarnTrigger } from '~/modules/loyalty/types';
import type { Format } from '../format';
import { t, word } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowHead } from '../row-head';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import type { EarnView } from './earn-draft';

interface Line {
  code: string;
  trigger: EarnTrigger;
  saved: EarnView | null;
}

/** Every way to earn there is, set up or not; a row leads to its form. */
export function EarnTable({ ways }: { ways: EarnView[] }) {
  const format = useFormat();
  const fixed = earnTriggers
    .filter((trigger) => trigger !== 'custom')
    .map((trigger) => ({ code: trigger, trigger, saved: ways.find(({ code }) => code === trigger) ?? null }));
  const own = ways
    .filter(({ trigger }) => trigger === 'custom')
    .map((saved) => ({ code: saved.code, trigger: saved.trigger, saved }));
  return (
    <Card padding="0">
      <ListTable
        resource={{ singular: t('earning.one'), plural: t('earning.title') }}
        columns={[
          { title: t('earning.column.way') },
          { title: t('earning.column.state') },
          { title: t('earning.column.limit') },
          { title: t('earning.column.points'), alignment: 'end' },
        ]}
        rows={[...fixed, ...own].map((line) => toRow(line, format))}
      />
    </Card>
  );
}

function toRow({ code, trigger, saved }: Line, format: Format): ListRow {
  const link = (
    <RowLink url={`/app/loyalty/earning?way=${encodeURIComponent(code)}`}>
      {saved?.title ?? word('earnTrigger', trigger)}
    </RowLink>
  );
  const about = (
    <Text as="span" tone="subdued" variant="bodySm">
      {t(`earning.explained.${trigger}`)}
    </Text>
  );
  const state = <StateBadge saved={saved} />;
  return {
    id: code,
    cells: [
      <BlockStack key="way">
        {link}
        {about}
      </BlockStack>,
      state,
      saved ? limitText(saved) : '',
      saved ? format.number(saved.points) : '',
    ],
    summary: (
      <BlockStack gap="100">
        <RowHead link={link} state={state} />
        {about}
        {saved && (
          <Text as="span">
            {t('common.points', { count: saved.points })} · {limitText(saved)}
          </Text>
        )}
      </BlockStack>
    ),
  };
}

function limitText({ capTimes, capPeriod }: EarnView): string {
  return capTimes === null ? t('earning.limit.always') : t(`earning.limit.${capPeriod}`, { count: capTimes });
}

function StateBadge({ saved }: { saved: EarnView | null }) {
  if (!saved) return <Badge>{t('earning.notSetUp')}</Badge>;
  return (
    <Badge tone={saved.enabled ? 'success' : undefined}>
      {saved.enabled ? t('earning.on') : t('earning.off')}
    </Badge>
  );
}
