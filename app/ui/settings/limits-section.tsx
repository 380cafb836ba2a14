import { Card, Checkbox, FormLayout, Layout, TextField } from '@shopify/polaris';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { box, field, type SectionProps } from './fields';

/** When and how often people may be written to. */
export function LimitsSection(props: SectionProps) {
  const format = useFormat();
  return (
    <Layout.AnnotatedSection id="limits" title={t('settings.limits.title')}>
      <Card>
        <FormLayout>
          <Checkbox
            label={t('settings.limits.quiet')}
            helpText={t('settings.limits.quietHelp', { zone: format.timeZone })}
            {...box(props, 'quiet')}
          />
          {props.draft.quiet && (
            <FormLayout.Group condensed>
              <TextField
                label={t('settings.limits.quietStart')}
                type="time"
                {...field(props, 'quietHoursStart')}
              />
              <TextField
                label={t('settings.limits.quietEnd')}
                type="time"
                {...field(props, 'quietHoursEnd')}
              />
            </FormLayout.Group>
          )}
          <FormLayout.Group>
            <TextField
              label={t('settings.limits.cap')}
              inputMode="numeric"
              suffix={t('settings.limits.capSuffix')}
              {...field(props, 'capMessages')}
            />
            <TextField
              label={t('settings.limits.window')}
              inputMode="numeric"
              suffix={t('settings.limits.windowSuffix')}
              {...field(props, 'capWindowHours')}
            />
          </FormLayout.Group>
          <TextField
            label={t('settings.limits.holdout')}
            inputMode="numeric"
            suffix={t('settings.limits.holdoutSuffix')}
            helpText={t('settings.limits.holdoutHelp')}
            {...field(props, 'holdoutPercent')}
          />
        </FormLayout>
      </Card>
    </Layout.AnnotatedSection>
  );
}

/** When a cart counts as abandoned. */
export function CartsSection(props: SectionProps) {
  return (
    <Layout.AnnotatedSection id="carts" title={t('settings.carts.title')}>
      <Card>
        <TextField
          label={t('settings.carts.delay')}
          inputMode="numeric"
          suffix={t('settings.carts.delaySuffix')}
          {...field(props, 'cartDelayMinutes')}
        />
      </Card>
    </Layout.AnnotatedSection>
  );
}
