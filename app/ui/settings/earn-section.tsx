import {
  BlockStack,
  Box,
  Card,
  Checkbox,
  FormLayout,
  Layout,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { computeEarn, roundings, type Rounding } from '~/modules/loyalty/types';
import { decimal } from '~/platform/money';
import { GoodsFields } from '../earning/goods-fields';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { ChosenTitles } from '../target-fields';
import { box, field, type SectionProps } from './fields';
import { draftSchema } from './settings-draft';

const exampleAmount = '80.00';
const roundingTexts: Record<Rounding, string> = {
  down: t('settings.earn.roundingDown'),
  nearest: t('settings.earn.roundingNearest'),
  up: t('settings.earn.roundingUp'),
};

/** How customers earn points, with what that means for an order. */
export function EarnSection({ chosen, ...props }: SectionProps & { chosen: ChosenTitles }) {
  const { draft, errors, change } = props;
  const format = useFormat();
  const off = !draft.enabled;
  return (
    <Layout.AnnotatedSection id="earn" title={t('settings.earn.title')} description={t('settings.earn.text')}>
      <Card>
        <FormLayout>
          <Checkbox label={t('settings.earn.enabled')} {...box(props, 'enabled')} />
          <FormLayout.Group>
            <TextField
              label={t('settings.earn.pointsPerUnit', { unit: format.money('1') })}
              inputMode="decimal"
              disabled={off}
              {...field(props, 'pointsPerUnit')}
            />
            <Select
              label={t('settings.earn.rounding')}
              options={roundings.map((value) => ({ value, label: roundingTexts[value] }))}
              value={draft.rounding}
              onChange={(value) => change({ rounding: roundings.find((rounding) => rounding === value) })}
              disabled={off}
            />
          </FormLayout.Group>
          <GoodsFields
            label={t('settings.earn.goods')}
            disabled={off}
            {...{ draft, errors, chosen, change }}
          />
          {draft.scope !== 'all' && (
            <Select
              label={t('settings.earn.listed')}
              helpText={t('settings.earn.listedHelp')}
              options={[
                { value: 'only', label: t('settings.earn.onlyThese') },
                { value: 'allBut', label: t('settings.earn.allButThese') },
              ]}
              value={draft.allBut ? 'allBut' : 'only'}
              onChange={(value) => change({ allBut: value === 'allBut' })}
              disabled={off}
            />
          )}
          <BlockStack gap="100">
            <Text as="p">{t('settings.earn.counts')}</Text>
            <Checkbox label={t('settings.earn.includeTax')} disabled={off} {...box(props, 'includeTax')} />
            <Checkbox
              label={t('settings.earn.includeShipping')}
              disabled={off}
              {...box(props, 'includeShipping')}
            />
            <Checkbox
              label={t('settings.earn.includeGiftCards')}
              disabled={off}
              {...box(props, 'includeGiftCards')}
            />
          </BlockStack>
          <TextField
            label={t('settings.earn.pendingDays')}
            helpText={t('settings.earn.pendingHelp')}
            inputMode="numeric"
            disabled={off}
            {...field(props, 'pendingDays')}
          />
          <TextField
            label={t('settings.earn.minimum')}
            helpText={t('settings.earn.minimumHelp')}
            inputMode="decimal"
            suffix={format.currency}
            disabled={off}
            {...field(props, 'minimum')}
          />
          <Checkbox
            label={t('settings.earn.earnOnHistoric')}
            disabled={off}
            {...box(props, 'earnOnHistoric')}
          />
          <Example {...props} />
        </FormLayout>
      </Card>
    </Layout.AnnotatedSection>
  );
}

function Example({ draft }: SectionProps) {
  const format = useFormat();
  const rate = draftSchema.shape.pointsPerUnit.safeParse(draft.pointsPerUnit);
  if (!rate.success) return null;
  const rule = { enabled: draft.enabled, pointsPerUnit: decimal(rate.data), rounding: draft.rounding };
  const points = computeEarn(decimal(exampleAmount), rule);
  const text = draft.enabled
    ? t(draft.scope === 'all' ? 'settings.earn.example' : 'settings.earn.exampleSome', {
        amount: format.money(exampleAmount),
        points: t('common.points', { count: points }),
      })
    : t('settings.earn.exampleOff');
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack>
        <Text as="span" variant="headingSm">
          {t('settings.earn.exampleTitle')}
        </Text>
        <div aria-live="polite">
          <Text as="p">{text}</Text>
        </div>
      </BlockStack>
    </Box>
  );
}
