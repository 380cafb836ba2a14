import { BlockStack, Card, FormLayout, Layout, Text, TextField } from '@shopify/polaris';
import { t } from '../i18n';
import { field, type SectionProps } from './fields';
import styles from './settings.module.css';

/** Who e-mails come from, with a sketch of how that looks. */
export function SenderSection(props: SectionProps) {
  return (
    <Layout.AnnotatedSection
      id="sender"
      title={t('settings.sender.title')}
      description={t('settings.sender.text')}
    >
      <Card>
        <FormLayout>
          <TextField
            label={t('settings.sender.senderName')}
            maxLength={100}
            {...field(props, 'senderName')}
          />
          <FormLayout.Group>
            <TextField
              label={t('settings.sender.senderEmail')}
              type="email"
              helpText={t('settings.sender.senderEmailHelp')}
              {...field(props, 'senderEmail')}
            />
            <TextField
              label={t('settings.sender.replyTo')}
              type="email"
              helpText={t('settings.sender.replyToHelp')}
              {...field(props, 'replyTo')}
            />
          </FormLayout.Group>
          <TextField
            label={t('settings.sender.postalAddress')}
            multiline={3}
            maxLength={500}
            {...field(props, 'postalAddress')}
          />
          <FormLayout.Group>
            <TextField
              label={t('settings.sender.brandColor')}
              prefix={
                <span className={styles.swatch} style={{ background: color(props.draft.brandColor) }} />
              }
              {...field(props, 'brandColor')}
            />
            <TextField
              label={t('settings.sender.logoUrl')}
              type="url"
              helpText={t('settings.sender.logoHelp')}
              {...field(props, 'logoUrl')}
            />
          </FormLayout.Group>
          <Sketch {...props} />
        </FormLayout>
      </Card>
    </Layout.AnnotatedSection>
  );
}

function Sketch({ draft }: SectionProps) {
  const name = draft.senderName.trim() || t('settings.sender.previewName');
  const logo = /^https:\/\/\S+$/.test(draft.logoUrl) ? draft.logoUrl : null;
  return (
    <BlockStack gap="100">
      <Text as="p">{t('settings.sender.preview')}</Text>
      <div className={styles.mail}>
        {logo ? (
          <img src={logo} alt={name} className={styles.logo} />
        ) : (
          <Text as="p" variant="headingMd">
            {name}
          </Text>
        )}
        <div className={styles.line} />
        <div className={styles.line} />
        <div className={styles.button} style={{ background: color(draft.brandColor) }} />
        <Text as="p" tone="subdued" variant="bodySm">
          {[name, draft.postalAddress.trim()].filter(Boolean).join(', ')}
        </Text>
      </div>
    </BlockStack>
  );
}

function color(text: string): string {
  return /^#[0-9a-f]{6}$/i.test(text) ? text : 'transparent';
}
