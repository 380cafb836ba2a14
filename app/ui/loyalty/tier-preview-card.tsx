import { Badge, BlockStack, Button, Card, DataTable, InlineStack, Layout, Text } from '@shopify/polaris';
import type { TierPreview } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

interface TierPreviewSectionProps {
  preview: TierPreview | null;
  /** The draft is not the one the preview is of any more. */
  stale: boolean;
  loading: boolean;
  onPreview: () => void;
}

/** Who would rise and who would fall, before anything is saved. */
export function TierPreviewSection({ preview, stale, loading, onPreview }: TierPreviewSectionProps) {
  return (
    <Layout.AnnotatedSection
      id="preview"
      title={t('tiers.preview.title')}
      description={t('tiers.preview.text')}
    >
      <Card>
        <BlockStack gap={preview ? '400' : '0'}>
          <InlineStack align="start">
            <Button onClick={onPreview} loading={loading}>
              {t('tiers.preview.action')}
            </Button>
          </InlineStack>
          <div aria-live="polite">
            {preview &&
              (stale ? <Text as="p">{t('tiers.preview.stale')}</Text> : <Moves preview={preview} />)}
          </div>
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  );
}

function Moves({ preview }: { preview: TierPreview }) {
  const format = useFormat();
  const moving = preview.moves.filter(({ direction }) => direction !== 'stays');
  const looked = t(preview.exact ? 'tiers.preview.exact' : 'tiers.preview.estimate', {
    people: format.number(preview.people),
  });
  if (preview.people === 0) return <Text as="p">{t('tiers.preview.noOrders')}</Text>;
  if (moving.length === 0)
    return <Text as="p">{t('tiers.preview.nobody', { people: format.number(preview.people) })}</Text>;
  return (
    <BlockStack gap="200">
      <DataTable
        columnContentTypes={['text', 'text', 'numeric']}
        headings={[t('tiers.preview.from'), t('tiers.preview.to'), t('tiers.preview.people')]}
        rows={moving.map(({ from, to, direction, people }) => [
          from ?? t('tiers.preview.none'),
          <Badge key="to" tone={direction === 'rises' ? 'success' : 'warning'}>
            {to ?? t('tiers.preview.none')}
          </Badge>,
          format.number(people),
        ])}
        increasedTableDensity
      />
      <Text as="p" tone="subdued" variant="bodySm">
        {looked}
      </Text>
    </BlockStack>
  );
}
